"""Who may translate, suggest, and decide about suggestions."""

from civic.accounts.access import has_role, is_confirmed, is_signed_in
from civic.core.person import maybe_me
from civic.translation.models import Translation

may_translate = has_role("translator", "researcher", "funds_officer", "challenge_manager", "moderator", "administrator")
"""Write and publish translations, keep the glossary, take files in and out."""
may_suggest = is_confirmed
"""Members whose e-mail address is confirmed."""
may_see_own = is_signed_in


def may_decide(suggestion: Translation) -> bool:
    """Who translates may, of what somebody else suggested."""
    person = maybe_me()
    return person is not None and may_translate() and suggestion.by_id != person.id


def may_withdraw(suggestion: Translation) -> bool:
    """Whoever suggested it may take it back."""
    person = maybe_me()
    return person is not None and suggestion.by_id == person.id
