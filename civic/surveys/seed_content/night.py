"""Coming up, for members: London after dark; in English."""

from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import AGE, BOROUGH, NO_NAMES, example, o, q, section, t, when

SLUG = "london-after-dark"
TITLE = t("London after dark")
SUMMARY = t("What do you do in London at night, and what keeps you at home? Example data.")
PURPOSE = example("The answers help to plan night buses, lighting and licensing with the boroughs.")

OUT = section(
    "out",
    t("Your nights"),
    BOROUGH,
    q(
        "single",
        "how_often",
        t("How often are you out in London between 6pm and 6am?"),
        o("most_nights", "Most nights"),
        o("weekly", "About once a week"),
        o("monthly", "About once a month"),
        o("never", "Less often or never"),
        required=True,
    ),
    q(
        "multiple",
        "what_for",
        t("What are you out for?"),
        o("work", "Work"),
        o("friends", "Seeing friends"),
        o("culture", "Music, theatre or film"),
        o("food", "Food or drink"),
        o("sport", "Sport"),
        other=True,
        show_if=when("how_often", "never", "not_equals"),
    ),
    q(
        "single",
        "why_not",
        t("What keeps you at home?"),
        o("cost", "It costs too much"),
        o("transport", "Getting home is hard"),
        o("safety", "I do not feel safe"),
        o("access", "Places are not accessible to me"),
        o("not_for_me", "It is not for me"),
        other=True,
        show_if=when("how_often", "never"),
    ),
    q(
        "number",
        "way_home",
        t("How many minutes does your way home take at night?"),
        low=0,
        high=300,
        unit=t("minutes"),
    ),
    q("long_text", "idea", t("What would make London better at night?"), hint={"en": NO_NAMES["en"]}, high=1000),
    AGE,
)

QUESTIONNAIRE = Questionnaire(("en",), (OUT,))
