"""A draft that still lacks something: streets around schools; the checklist has something to say about it."""

from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import BOROUGH, DONT_KNOW, NO_NAMES, o, q, section, t, when

SLUG = "streets-around-schools"
TITLE = t("Streets around schools", "Ulice wokół szkół")
SUMMARY = t("How do children near you get to school, and what would make it better? Example data.")

JOURNEY = section(
    "journey",
    t("The way to school", "Droga do szkoły"),
    BOROUGH,
    q("yes_no", "has_child", t("Do you take a child to school?", "Czy odprowadzasz dziecko do szkoły?"), required=True),
    q(
        "single",
        "how",
        t("How do you get there most days?", "Jak zwykle tam docieracie?"),
        o("walk", "On foot", "Pieszo"),
        o("cycle", "By bicycle or scooter", "Rowerem lub hulajnogą"),
        o("bus", "By bus", "Autobusem"),
        o("car", "By car", "Samochodem"),
        show_if=when("has_child", "yes"),
    ),
    q("number", "minutes", t("How many minutes does it take?", "Ile minut to trwa?"), low=1, high=180, unit=t("minutes", "minut"),
      show_if=when("has_child", "yes")),
    q(
        "single",
        "school_street",
        t("Should the street at your nearest school be closed to cars at opening and closing time?"),
        o("yes", "Yes", "Tak"),
        o("no", "No", "Nie"),
        DONT_KNOW,
    ),
    q("long_text", "better", t("What would make the way to school better?"), hint={"en": NO_NAMES["en"]}, high=1000),
)  # fmt: skip

QUESTIONNAIRE = Questionnaire(("en", "pl"), (JOURNEY,))
