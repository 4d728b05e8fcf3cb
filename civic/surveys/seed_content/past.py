"""Two short surveys of consultations that closed months ago: one with names, one without. Example data, and labelled so."""

from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import NO_NAMES, example, o, q, section, t

LISTENING_SLUG = "how-can-more-londoners-be-heard"
LISTENING_TITLE = t("How can more Londoners be heard?", "Jak usłyszeć więcej mieszkańców Londynu?")
LISTENING_SUMMARY = t(
    "What keeps people from saying what they think, and what would help? Example data.",
    "Co sprawia, że ludzie nie mówią, co myślą, i co by to zmieniło? Dane przykładowe.",
)
LISTENING_PURPOSE = example(
    "The answers go into the plan for Talk London’s next years.",
    "Odpowiedzi trafią do planu Talk London na kolejne lata.",
)
HEARD = section(
    "heard",
    t("Being heard", "Czy Cię słychać"),
    q(
        "yes_no",
        "used",
        t(
            "Do you think that City Hall uses what Londoners say?",
            "Czy Twoim zdaniem Ratusz korzysta z tego, co mówią mieszkańcy?",
        ),
    ),
    q("long_text", "help", t("What would help more people to be heard?", "Co pomogłoby, żeby było słychać więcej osób?"), high=1000),
)  # fmt: skip
LISTENING = Questionnaire(("en", "pl"), (HEARD,))

RESILIENCE_SLUG = "ready-for-the-next-emergency"
RESILIENCE_TITLE = t("Ready for the next emergency?", "Gotowi na następny kryzys?")
RESILIENCE_SUMMARY = t(
    "Floods, heat, a loss of power: what should London prepare for first? Example data.",
    "Powodzie, upały, brak prądu: na co Londyn powinien przygotować się najpierw? Dane przykładowe.",
)
RESILIENCE_PURPOSE = example(
    "In 2021 nearly a thousand Londoners answered questions about the Resilience Fund. The answers help to write the next plan.",
    "W 2021 roku prawie tysiąc mieszkańców odpowiedziało na pytania o Fundusz Odporności. Odpowiedzi pomogą napisać kolejny plan.",
)
READY = section(
    "ready",
    t("What comes first", "Co najpierw"),
    q(
        "single",
        "first",
        t("What should London prepare for first?", "Na co Londyn powinien przygotować się najpierw?"),
        o("floods", "Floods", "Powodzie"),
        o("heat", "Heat", "Upały"),
        o("power", "A loss of power", "Brak prądu"),
        o("illness", "A new illness", "Nowa choroba"),
    ),
    q(
        "long_text",
        "need",
        t("What would you need from us?", "Czego potrzebujesz od nas?"),
        hint={language: words for language, words in NO_NAMES.items() if language != "ar"},
        high=1000,
    ),
)
RESILIENCE = Questionnaire(("en", "pl"), (READY,))

WISHES = {
    "en": (
        "Let 16 and 17 year olds join. It is their city too.",
        "Tell us what you did with our answers last time.",
        "A page that shows what came of it.",
        "Come to the estate, not everybody is online.",
        "Ask at the market on Saturday. My neighbours would talk to you there.",
        "Pay people for their time. A voucher would do.",
        "Shorter surveys, please.",
        "More than English. My mother reads Bengali.",
        "A game, like the one about the budget. My son played it twice.",
        "Fix the bins first.",
    ),
    "pl": (
        "Pozwólcie dołączyć szesnastolatkom.",
        "Pokażcie, co z tego wynikło.",
        "Krótsze ankiety.",
        "Pytajcie też po polsku.",
    ),
}
NEEDS = {
    "en": (
        "A text message in my language when the river rises.",
        "To know where I can go when my flat is too hot.",
        "A list of neighbours who need help, kept by somebody we trust.",
    ),
    "pl": ("SMS-a po polsku, kiedy rzeka wzbiera.", "Wiedzieć, dokąd pójść w upał."),
}
