"""Short ways to write a questionnaire in several languages, and the words that come back in every one of them."""

from decimal import Decimal
from typing import Any

from civic.surveys.rules.conditions import Compare, Condition
from civic.surveys.rules.questionnaire import DECLINED, Option, Question, Section

LANGUAGES = ("en", "pl", "ar")
Text = dict[str, str]


def t(*words: str) -> Text:
    """One text in English, then Polish, then Arabic, as far as given."""
    return dict(zip(LANGUAGES, words, strict=False))


def o(key: str, *words: str, alone: bool = False) -> Option:
    """Something to choose; `alone` when it cannot be chosen together with anything else."""
    return Option(key, t(*words), exclusive=alone)


def q(kind: str, key: str, text: Text, *options: Option, **more: Any) -> Question:
    """A question of some kind; `low` and `high` are its bounds."""
    for name, bound in (("low", "minimum"), ("high", "maximum")):
        if name in more:
            more[bound] = Decimal(more.pop(name))
    return Question(key, kind, text, options=options, **more)


def section(key: str, title: Text, *questions: Question, intro: Text | None = None) -> Section:
    """A page of questions."""
    return Section(key, title, intro or {}, None, questions)


def when(question: str, value: str | int, comparison: str = "equals") -> Condition:
    """Shown only when an earlier answer is this."""
    return Compare(question, comparison, value)


PREFER_NOT = o(DECLINED, "Prefer not to say", "Wolę nie odpowiadać", "أفضّل عدم الإجابة")
DONT_KNOW = o("dont_know", "I do not know", "Nie wiem", "لا أعرف")
NO_NAMES = t(
    "Please do not write names, addresses or anything else that shows who you are.",
    "Prosimy nie podawać nazwisk, adresów ani niczego, co pozwoli Cię rozpoznać.",
    "يُرجى عدم كتابة أسماء أو عناوين أو أي شيء يدلّ على هويتك.",
)

# The wording and the order follow the GOV.UK Design System's equality questions, based on the harmonised standards.
AGE = q(
    "single",
    "age",
    t("How old are you?", "Ile masz lat?", "كم عمرك؟"),
    o("from_16", "16 to 24", "Od 16 do 24", "من 16 إلى 24"),
    o("from_25", "25 to 34", "Od 25 do 34", "من 25 إلى 34"),
    o("from_35", "35 to 49", "Od 35 do 49", "من 35 إلى 49"),
    o("from_50", "50 to 64", "Od 50 do 64", "من 50 إلى 64"),
    o("from_65", "65 or over", "65 lub więcej", "65 أو أكثر"),
    PREFER_NOT,
)
HEALTH = q(
    "single",
    "health",
    t(
        "Do you have any physical or mental health conditions or illness lasting or expected to last 12 months or more?",
        "Czy masz jakieś schorzenie fizyczne lub psychiczne albo chorobę, która trwa lub prawdopodobnie potrwa "
        "12 miesięcy lub dłużej?",
        "هل لديك أي حالة صحية جسدية أو نفسية أو مرض مستمر، أو يُتوقّع أن يستمر، 12 شهرًا أو أكثر؟",
    ),
    o("yes", "Yes", "Tak", "نعم"),
    o("no", "No", "Nie", "لا"),
    PREFER_NOT,
)
HEALTH_EFFECT = q(
    "single",
    "health_effect",
    t(
        "Do any of your conditions or illnesses reduce your ability to carry out day to day activities?",
        "Czy któreś z tych schorzeń lub chorób ogranicza Twoją zdolność do wykonywania codziennych czynności?",
        "هل تحدّ أيٌّ من هذه الحالات أو الأمراض من قدرتك على القيام بأنشطتك اليومية؟",
    ),
    o("a_lot", "Yes, a lot", "Tak, bardzo", "نعم، كثيرًا"),
    o("a_little", "Yes, a little", "Tak, trochę", "نعم، قليلًا"),
    o("not_at_all", "Not at all", "Wcale", "لا، على الإطلاق"),
    PREFER_NOT,
    show_if=when("health", "yes"),
)
TENURE = q(
    "single",
    "tenure",
    t(
        "Which of these best describes your home?",
        "Które określenie najlepiej pasuje do Twojego mieszkania lub domu?",
        "أيٌّ من هذه الأوصاف ينطبق على مسكنك أكثر من غيره؟",
    ),
    o("owns", "I own it, with or without a mortgage", "Jest moją własnością (z kredytem lub bez)",
      "أملكه، برهن عقاري أو بدونه"),
    o("social_rent", "I rent from a council or housing association",
      "Wynajmuję od gminy lub towarzystwa mieszkaniowego", "أستأجره من البلدية أو من جمعية إسكان"),
    o("private_rent", "I rent from a private landlord", "Wynajmuję od prywatnego właściciela",
      "أستأجره من مالك خاص"),
    o("something_else", "Something else", "Inna sytuacja", "غير ذلك"),
    PREFER_NOT,
)  # fmt: skip
BOROUGH = q(
    "borough",
    "borough",
    t(
        "Which borough do you live in?",
        "W której dzielnicy Londynu mieszkasz?",
        "في أيّ حيّ من أحياء لندن الإدارية تسكن؟",
    ),
    hint=t(
        "If you live outside London, choose the borough where you spend most time.",
        "Jeśli mieszkasz poza Londynem, wybierz dzielnicę, w której spędzasz najwięcej czasu.",
        "إذا كنت تسكن خارج لندن فاختر الحيّ الذي تقضي فيه معظم وقتك.",
    ),
)
ABOUT_YOU_INTRO = t(
    "These questions help us see who we have not heard from. You do not have to answer them.",
    "Te pytania pomagają nam sprawdzić, czyich głosów brakuje. Nie musisz na nie odpowiadać.",
    "تساعدنا هذه الأسئلة على معرفة الفئات التي لم نسمع منها بعد. الإجابة عنها ليست إلزامية.",
)
EXAMPLE = t(
    "This is an example. Its answers were made up by a computer to show how the site works; no real person gave them.",
    "To jest przykład. Odpowiedzi wymyślił komputer, aby pokazać działanie serwisu; nie udzielił ich nikt prawdziwy.",
    "هذا مثال. إجاباته من صنع الحاسوب لتوضيح كيفية عمل الموقع، ولم يقدّمها أشخاص حقيقيون.",
)


def example(*words: str) -> Text:
    """A text that ends by saying that its survey is an example."""
    return {language: f"{said} {EXAMPLE[language]}" for language, said in t(*words).items()}
