"""Who may handle requests: they hold people's addresses, so only staff who make or send formats."""

from civic.accounts.access import has_role

may_handle_requests = has_role(
    "assistant", "researcher", "funds_officer", "challenge_manager", "moderator", "administrator"
)
