"""Who may answer reports of barriers: they hold people's addresses, so not every member of staff."""

from civic.accounts.access import has_role

may_answer_barriers = has_role("administrator", "moderator")
