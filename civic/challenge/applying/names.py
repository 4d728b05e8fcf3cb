"""How assessment calls what belongs to a challenge."""

from civic.core.subjects import named

PANEL, HEARING = "challenge", "challenge_hearing"


def panel_owner(challenge_id: int) -> str:
    """Whose panel judges applications on paper."""
    return named(PANEL, challenge_id)


def hearing_owner(challenge_id: int) -> str:
    """Whose panel scores interviews."""
    return named(HEARING, challenge_id)
