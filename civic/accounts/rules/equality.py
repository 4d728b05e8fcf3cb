"""Which equality questions exist, in which order, and what may be answered; their exact words stand in equality_wording.py.

Keys and answers follow the GOV.UK Design System's pattern "Equality information". Its date of birth is not asked again:
the month and year stand in the profile, and nothing is asked twice.
"""

SKIP = "skip"  # "Prefer not to say"
TEXT_VERSION = "2026-11"  # of what the explainer page says; consent is given to this text
OWN_WORDS_LENGTH = 100

ANSWERS: dict[str, tuple[str, ...]] = {
    "disability": ("yes", "no", SKIP),
    "disability_impact": ("lot", "little", "no", SKIP),
    "ethnic_group": ("white", "multiple", "asian", "black", "other", SKIP),
    "ethnic_background": (),  # depends on the group
    "marriage_status": (
        "never",
        "married",
        "civil-partnership",
        "separated-married",
        "separated-civil-partnership",
        "divorced",
        "dissolved-civil-partnership",
        "widowed",
        "widowed-civil-partnership",
        SKIP,
    ),
    "religion": ("none", "christian", "buddhist", "hindu", "jewish", "muslim", "sikh", "other", SKIP),
    "sex": ("female", "male", SKIP),
    "gender": ("yes", "no", SKIP),
    "sexual_orientation": ("heterosexual", "gay-lesbian", "bisexual", "other", SKIP),
}
BACKGROUNDS: dict[str, tuple[str, ...]] = {
    "white": ("british", "irish", "gypsy-traveller", "other", SKIP),
    "multiple": ("white-black-caribbean", "white-black-african", "white-asian", "other", SKIP),
    "asian": ("indian", "pakistani", "bangladeshi", "chinese", "other", SKIP),
    "black": ("african", "caribbean", "other", SKIP),
    "other": ("arab", "other", SKIP),
}
# The answer beside which a person may use words of their own.
OWN_WORDS = {"ethnic_background": "other", "religion": "other", "gender": "no", "sexual_orientation": "other"}
# Question → the question that asks for more about it.
DETAILS = {"disability": "disability_impact", "ethnic_group": "ethnic_background"}
QUESTION_KEYS = tuple(ANSWERS)


def asked(question: str, answers: dict[str, str]) -> bool:
    """Whether a question is asked at all, given the answers so far: two follow on others."""
    if question == "disability_impact":
        return answers.get("disability") == "yes"
    if question == "ethnic_background":
        return answers.get("ethnic_group") in BACKGROUNDS
    return question in ANSWERS


def options(question: str, answers: dict[str, str]) -> tuple[str, ...]:
    """The answers offered, given the answers so far."""
    if question == "ethnic_background":
        return BACKGROUNDS.get(answers.get("ethnic_group", ""), ())
    return ANSWERS[question]


def next_question(after: str | None, answers: dict[str, str]) -> str | None:
    """The question that follows; None at the end."""
    start = 0 if after is None else QUESTION_KEYS.index(after) + 1
    return next((key for key in QUESTION_KEYS[start:] if asked(key, answers)), None)


def forgotten_by(question: str, before: str | None, after: str) -> str | None:
    """The question whose answer is forgotten when this one's changes: a detail belongs to what it details."""
    return DETAILS.get(question) if before != after else None
