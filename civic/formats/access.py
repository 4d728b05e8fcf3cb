"""Who may do what with formats: everybody may have one made; those who run activities fill what only people can make."""

from civic.accounts.access import has_role

may_fill_slots = has_role("researcher", "funds_officer", "challenge_manager", "administrator")
may_see_tools = may_fill_slots
