"""Who may have a thing checked: whoever may write it."""

from civic.authoring.queries import Thing


def may_check(thing: Thing) -> bool:
    """Whoever may change the thing sees what could be better about it."""
    return thing.checked.may_edit(thing.number)
