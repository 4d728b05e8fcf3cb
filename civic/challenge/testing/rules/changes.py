"""Who must agree to a change. Whoever asks for it has agreed for their side."""

from collections.abc import Collection

NEEDED = {
    "milestones": frozenset({"startup", "manager"}),
    "budget": frozenset({"startup", "manager"}),
    "pivot": frozenset({"startup", "partner", "manager"}),
    "stop": frozenset({"manager"}),
}
ASKERS = {
    "milestones": ("startup", "manager"),
    "budget": ("startup", "manager"),
    "pivot": ("startup", "partner", "manager"),
    "stop": ("startup", "partner", "manager"),
}


def may_ask(kind: str, side: str) -> bool:
    """Whether this side may ask for such a change."""
    return side in ASKERS[kind]


def missing(kind: str, agreed: Collection[str]) -> frozenset[str]:
    """The sides that must still say yes."""
    return NEEDED[kind] - frozenset(agreed)


def is_agreed(kind: str, agreed: Collection[str]) -> bool:
    """Whether everybody has said yes who must."""
    return not missing(kind, agreed)
