"""Closed, and being read: how safe people feel and how they get on with the police; in English and Polish."""

from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import (
    ABOUT_YOU_INTRO,
    AGE,
    BOROUGH,
    NO_NAMES,
    PREFER_NOT,
    example,
    o,
    q,
    section,
    t,
    when,
)  # fmt: skip

SLUG = "feeling-safe-where-you-live"
TITLE = t("Feeling safe where you live", "Bezpieczeństwo w Twojej okolicy")
SUMMARY = t(
    "How safe do you feel, and what should the police do near you? Example data.",
    "Na ile czujesz się bezpiecznie i co policja powinna robić w Twojej okolicy? Dane przykładowe.",
)
PURPOSE = example(
    "What you say shapes the plan for policing. Almost 8,000 Londoners answered Talk London's survey on the police and "
    "crime plan. Nobody, staff included, can see who gave which answer.",
    "Twoje odpowiedzi wpływają na plan działania policji. Na ankietę Talk London o policji i przestępczości odpowiedziało "
    "prawie 8000 osób. Nikt, także pracownicy, nie zobaczy, kto udzielił której odpowiedzi.",
)

SAFETY = section(
    "safety",
    t("How safe you feel", "Poczucie bezpieczeństwa"),
    BOROUGH,
    q(
        "scale",
        "safe_by_day",
        t("How safe do you feel outside by day?", "Na ile bezpiecznie czujesz się na ulicy w dzień?"),
        labels={1: t("Not safe at all", "Wcale nie bezpiecznie"), 5: t("Very safe", "Bardzo bezpiecznie")},
        low=1,
        high=5,
        required=True,
    ),
    q(
        "scale",
        "safe_after_dark",
        t("How safe do you feel outside after dark?", "Na ile bezpiecznie czujesz się na ulicy po zmroku?"),
        labels={1: t("Not safe at all", "Wcale nie bezpiecznie"), 5: t("Very safe", "Bardzo bezpiecznie")},
        low=1,
        high=5,
        required=True,
    ),
    q(
        "multiple",
        "why_unsafe",
        t("What makes you feel unsafe after dark?", "Dlaczego po zmroku nie czujesz się bezpiecznie?"),
        o("lighting", "Poor lighting", "Słabe oświetlenie"),
        o("groups", "Groups of people hanging around", "Grupy osób w pobliżu"),
        o("drugs", "Drug dealing", "Handel narkotykami"),
        o("harassment", "Being harassed", "Zaczepki i nękanie"),
        o("empty", "Nobody else about", "Puste ulice"),
        o(PREFER_NOT.key, *PREFER_NOT.text.values(), alone=True),
        other=True,
        show_if=when("safe_after_dark", 2, "at_most"),
    ),
)

POLICE = section(
    "police",
    t("The police", "Policja"),
    q("yes_no", "contact", t("Have you spoken to the police in the last 12 months?",
                            "Czy w ciągu ostatnich 12 miesięcy miałeś lub miałaś kontakt z policją?")),
    q(
        "single",
        "contact_why",
        t("What was it about?", "Czego dotyczył ten kontakt?"),
        o("reported", "I reported a crime", "Zgłaszałem lub zgłaszałam przestępstwo"),
        o("help", "I needed help or advice", "Potrzebowałem lub potrzebowałam pomocy albo porady"),
        o("stopped", "I was stopped", "Zatrzymano mnie do kontroli"),
        PREFER_NOT,
        other=True,
        show_if=when("contact", "yes"),
    ),
    q(
        "scale",
        "fairly_treated",
        t("How fairly were you treated?", "Na ile sprawiedliwie Cię potraktowano?"),
        labels={1: t("Not fairly at all", "Wcale nie sprawiedliwie"), 5: t("Completely fairly", "W pełni sprawiedliwie")},
        low=1,
        high=5,
        show_if=when("contact", "yes"),
    ),
    q(
        "matrix",
        "agree",
        t("Do you agree with these statements?", "Czy zgadzasz się z tymi stwierdzeniami?"),
        o("agree", "Agree", "Zgadzam się"),
        o("neither", "Neither", "Ani tak, ani nie"),
        o("disagree", "Disagree", "Nie zgadzam się"),
        rows=(
            o("seen", "I see officers on foot near me", "Widuję w okolicy pieszych policjantów"),
            o("known", "I know who my local officers are", "Wiem, kto jest moim dzielnicowym"),
            o("relied", "They come when they are needed", "Przyjeżdżają, kiedy trzeba"),
        ),
    ),
    q(
        "long_text",
        "better",
        t("What would make you feel safer?", "Co zwiększyłoby Twoje poczucie bezpieczeństwa?"),
        hint={language: words for language, words in NO_NAMES.items() if language != "ar"},
        high=1000,
    ),
)  # fmt: skip

SEX = q(
    "single",
    "sex",
    t("What is your sex?", "Jaka jest Twoja płeć?"),
    o("female", "Female", "Kobieta"),
    o("male", "Male", "Mężczyzna"),
    PREFER_NOT,
)
ABOUT_YOU = section("about_you", t("About you", "O Tobie"), AGE, SEX, intro=ABOUT_YOU_INTRO)

QUESTIONNAIRE = Questionnaire(("en", "pl"), (SAFETY, POLICE, ABOUT_YOU))
