"""The equality questions in the exact words of the GOV.UK Design System (pattern "Equality information", MIT licence).

The words follow the harmonised standards of the Government Statistical Service; do not reword them, figures would no longer compare.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

QUESTIONS: dict[str, Any] = {
    "disability": _l(
        "Do you have any physical or mental health conditions or illness lasting or expected to last 12 months or more?"
    ),
    "disability_impact": _l(
        "Do any of your conditions or illnesses reduce your ability to carry out day to day activities?"
    ),
    "ethnic_group": _l("What is your ethnic group?"),
    "marriage_status": _l("What is your legal marital or registered civil partnership status?"),
    "religion": _l("What is your religion?"),
    "sex": _l("What is your sex?"),
    "gender": _l("Is the gender you identify with the same as your sex registered at birth?"),
    "sexual_orientation": _l("Which of the following best describes your sexual orientation?"),
}
BACKGROUND_QUESTIONS: dict[str, Any] = {
    "white": _l("Which of the following best describes your White background?"),
    "multiple": _l("Which of the following best describes your mixed or multiple ethnic groups background?"),
    "asian": _l("Which of the following best describes your Asian or Asian British background?"),
    "black": _l("Which of the following best describes your Black, African, Caribbean or Black British background?"),
    "other": _l("Which of the following best describes your background?"),
}
HINTS: dict[str, Any] = {"disability_impact": _l("For example eating, washing, walking or going shopping")}
OPTION_HINTS: dict[tuple[str, str], Any] = {
    ("religion", "christian"): _l(
        "Including Church of England, Catholic, Protestant and all other Christian denominations"
    ),
}
OWN_WORDS_LABELS: dict[str, Any] = {
    "ethnic_background": _l("How would you describe your background? (optional)"),
    "religion": _l("What is your religion? (optional)"),
    "gender": _l("What is your gender identity? (optional)"),
    "sexual_orientation": _l("How would you describe your sexual orientation? (optional)"),
}
SKIP_WORDS = _l("Prefer not to say")
ANSWERS: dict[str, dict[str, Any]] = {
    "disability": {"yes": _l("Yes"), "no": _l("No")},
    "disability_impact": {"lot": _l("Yes, a lot"), "little": _l("Yes, a little"), "no": _l("Not at all")},
    "ethnic_group": {
        "white": _l("White"),
        "multiple": _l("Mixed or multiple ethnic groups"),
        "asian": _l("Asian or Asian British"),
        "black": _l("Black, African, Caribbean or Black British"),
        "other": _l("Other ethnic group"),
    },
    "marriage_status": {
        "never": _l("Never married and never registered in a civil partnership"),
        "married": _l("Married"),
        "civil-partnership": _l("In a registered civil partnership"),
        "separated-married": _l("Separated, but still legally married"),
        "separated-civil-partnership": _l("Separated, but still legally in a civil partnership"),
        "divorced": _l("Divorced"),
        "dissolved-civil-partnership": _l("Formerly in a civil partnership which is now legally dissolved"),
        "widowed": _l("Widowed"),
        "widowed-civil-partnership": _l("Surviving partner from a registered civil partnership"),
    },
    "religion": {
        "none": _l("No religion"),
        "christian": _l("Christian"),
        "buddhist": _l("Buddhist"),
        "hindu": _l("Hindu"),
        "jewish": _l("Jewish"),
        "muslim": _l("Muslim"),
        "sikh": _l("Sikh"),
        "other": _l("Any other religion"),
    },
    "sex": {"female": _l("Female"), "male": _l("Male")},
    "gender": {"yes": _l("Yes"), "no": _l("No")},
    "sexual_orientation": {
        "heterosexual": _l("Heterosexual or straight"),
        "gay-lesbian": _l("Gay or lesbian"),
        "bisexual": _l("Bisexual"),
        "other": _l("Other"),
    },
}
BACKGROUNDS: dict[str, dict[str, Any]] = {
    "white": {
        "british": _l("English, Welsh, Scottish, Northern Irish or British"),
        "irish": _l("Irish"),
        "gypsy-traveller": _l("Gypsy or Irish Traveller"),
        "other": _l("Any other White background"),
    },
    "multiple": {
        "white-black-caribbean": _l("White and Black Caribbean"),
        "white-black-african": _l("White and Black African"),
        "white-asian": _l("White and Asian"),
        "other": _l("Any other mixed or multiple ethnic background"),
    },
    "asian": {
        "indian": _l("Indian"),
        "pakistani": _l("Pakistani"),
        "bangladeshi": _l("Bangladeshi"),
        "chinese": _l("Chinese"),
        "other": _l("Any other Asian background"),
    },
    "black": {
        "african": _l("African"),
        "caribbean": _l("Caribbean"),
        "other": _l("Any other Black, African or Caribbean background"),
    },
    "other": {"arab": _l("Arab"), "other": _l("Any other ethnic group")},
}


def question_words(question: str, answers: dict[str, str]) -> Any:
    """The question as it is asked, given the ethnic group already told."""
    if question == "ethnic_background":
        return BACKGROUND_QUESTIONS[answers["ethnic_group"]]
    return QUESTIONS[question]


def answer_words(question: str, answer: str, answers: dict[str, str]) -> Any:
    """The words of an answer; "Prefer not to say" stands under every question."""
    if answer == "skip":
        return SKIP_WORDS
    words = BACKGROUNDS[answers["ethnic_group"]] if question == "ethnic_background" else ANSWERS[question]
    return words[answer]
