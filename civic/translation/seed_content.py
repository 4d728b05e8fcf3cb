"""What the demo has in Polish and Arabic, in words of ours: one consultation, one brief, one campaign; and the glossary.

A name that ends in "*" stands for every part of that kind in its order: "criterion_*" is the criteria.
"""

from typing import NamedTuple

HEAT, DAMP, EAST_STREET = "heat", "damp", "east_street"


class Words(NamedTuple):
    """A thing in one language: its texts by their fields."""

    thing: str
    language: str
    texts: dict[str, str | tuple[str, ...]]


WORDS = (
    Words(
        HEAT,
        "pl",
        {
            "question": "Jak Londyn może się chłodzić?",
            "summary": (
                "Drzewa, woda, cień i czystsze powietrze: które ulice mają być pierwsze i co tam zrobić? Dane przykładowe."
            ),
            "background": (
                "Lata są coraz gorętsze. W dawniejszej dyskusji o upałach londyńczycy napisali 632 komentarze i oddali "
                "1552 głosy poparcia.\n\nW sierpniu 2016 roku ponad 15 000 osób odpowiedziało na ankietę o jakości "
                "powietrza. Cztery na pięć prosiły o ostrzeżenia przed smogiem – i je dostały."
            ),
            "can_change": (
                "- Na których ulicach najpierw posadzić drzewa\n- Gdzie będzie woda do picia i chłodne pomieszczenia\n"
                "- Jak ostrzegać ludzi"
            ),
            "cannot_change": "Budżet na ten rok oraz strefa ULEZ (Ultra Low Emission Zone), o której zdecydowano wcześniej.",
            "update_*": (
                "Już ponad tysiąc odpowiedzi",
                "Dziękujemy. Najmniej słyszymy od osób po 75. roku życia: *zapytajcie je w naszym imieniu*.",
            ),
        },
    ),
    Words(
        HEAT,
        "ar",
        {
            "question": "كيف تحافظ لندن على برودتها؟",
            "summary": "الأشجار والماء والظل وهواء أنقى: أي الشوارع تأتي أولا، وماذا ينبغي أن يُفعل فيها؟ بيانات للتجربة.",
            "background": (
                "يزداد الصيف حرا. في نقاش سابق عن الطقس الحار كتب سكان لندن 632 تعليقا وأيدوا التعليقات 1552 مرة.\n\n"
                "في آب/أغسطس 2016 أجاب أكثر من 15000 شخص عن استبيان حول جودة الهواء. طلب أربعة من كل خمسة تنبيهات عن التلوث، "
                "وحصلوا عليها."
            ),
            "can_change": (
                "- أي الشوارع تُزرع فيها الأشجار أولا\n- أين توضع مياه الشرب والغرف الباردة\n- كيف يُنبَّه الناس"
            ),
            "cannot_change": "ميزانية هذا العام، ومنطقة ULEZ (Ultra Low Emission Zone) التي تقررت من قبل.",
        },
    ),
    Words(
        DAMP,
        "pl",
        {
            "title": "Wilgoć wykryta, zanim ktoś zachoruje",
            "statement": (
                "Co dziewiąte mieszkanie na naszych osiedlach jest zawilgocone. Lokatorzy zgłaszają to, czekają średnio "
                "jedenaście tygodni i przez ten czas nic nie słyszą. Inspektorzy przychodzą, gdy ściany są już czarne. "
                "Próbowaliśmy osuszaczy: przenoszą wilgoć do sąsiadów."
            ),
            "success": (
                "O mieszkaniu, które zaczyna wilgotnieć, wiadomo w ciągu dwóch tygodni, lokator wie, co będzie dalej i kiedy, "
                "a po zimie zawilgoconych mieszkań jest mniej niż przedtem."
            ),
            "pilot_sites": "Dwa bloki na osiedlu Alder, 140 mieszkań. Stowarzyszenie lokatorów się zgadza.",
            "data_offered": "Naprawy od 2021 roku według bloku i miesiąca, bez nazwisk; plan każdego bloku.",
            "criterion_*": (
                "Jak dobrze rozwiązuje problem",
                "Jak łatwo korzystają z tego lokatorzy",
                "Ile kosztuje utrzymanie",
                "Jak zespół pracuje z lokatorami",
            ),
        },
    ),
    Words(
        DAMP,
        "ar",
        {
            "title": "رطوبة تُكتشف قبل أن يمرض أحد",
            "success": (
                "يُعرف البيت الذي تبدأ فيه الرطوبة خلال أسبوعين، ويعرف ساكنه ما سيحدث ومتى، ويكون عدد البيوت الرطبة بعد الشتاء "
                "أقل مما كان."
            ),
        },
    ),
    Words(
        EAST_STREET,
        "pl",
        {
            "title": "Większe 55 East",
            "story": (
                "Od trzech lat wypożyczamy nasz jedyny pokój na godziny: kołu krawieckiemu, hiszpańskojęzycznemu klubowi "
                "odrabiania lekcji, lidze szachowej i każdemu, kto przyszedł z dobrym pomysłem. Co tydzień komuś odmawiamy.\n\n"
                "Sklep obok stoi pusty od pandemii. Właściciel odda go nam na pięć lat, jeśli doprowadzimy go do porządku.\n\n"
                "## Co zrobią Twoje pieniądze\n\n"
                "* otworzą ścianę między sklepami, żeby było jedno wejście bez schodów\n"
                "* zbudują kuchnię zgodną z przepisami, z ladą na wysokości dla każdego\n"
                "* urządzą toaletę, w której zawróci osoba na wózku\n"
                "* zapłacą komuś za dyżury w dni targowe przez pierwsze pół roku\n\n"
                "## Dla kogo to jest\n\n"
                "Dla wszystkich, którzy mieszkają o krótki spacer od targu East Street. Zajęcia będą bezpłatne albo "
                "za tyle, ile kto może; grupy wynajmą salę taniej niż za kawę na osobę."
            ),
            "cost_*": (
                "Otwarcie ściany, wejście bez schodów, wykończenie",
                "Kuchnia z wyciągiem",
                "Toaleta dostępna dla wszystkich",
                "Meble, oświetlenie i szyldy",
                "Dyżury w dni targowe przez sześć miesięcy",
            ),
            "milestone_*": ("Ściana otwarta", "Kuchnia i toaleta gotowe", "Dzień otwarcia"),
        },
    ),
    Words(
        EAST_STREET,
        "ar",
        {
            "title": "توسيع 55 East",
            "summary": "مساحة للفنون في East Street تمتد إلى الدكان الفارغ المجاور، وفيه مكان للدروس والأسواق وفطور السبت.",
        },
    ),
)
"""What the translator published."""

COMMUNITY = (
    EAST_STREET, "pl", "summary",
    "Pracownia artystyczna na East Street zajmie pusty sklep obok: będzie miejsce na zajęcia, targi i sobotnie śniadania.",
)  # fmt: skip
"""What a member suggested and the translator took."""

WAITING = (
    EAST_STREET, "pl", "team",
    "**Prowadzi to sześć osób**, wszystkie z okolicy w promieniu pół mili: emerytowany elektryk, dwoje rodziców uczniów ze "
    "szkoły za rogiem, handlarka z targu, ktoś, kto pracuje z młodzieżą, i księgowa, która każdego pensa liczy dwa razy.",
)  # fmt: skip
"""What a member suggested and nobody has looked at yet."""

STALE = (
    HEAT, "pl", "equality_note",
    "Older people and small children suffer most from heat. We look at them first.",
    "Najbardziej cierpią w upał osoby starsze i małe dzieci. Na nie patrzymy najpierw.",
)  # fmt: skip
"""What was translated before the original was changed: where, what it said then, and how that was translated."""

GLOSSARY = (
    # (term, Polish, Arabic, locked, note)
    ("ULEZ", "ULEZ", "ULEZ", True, "The name of the zone stays as it is on the signs."),
    ("Crowdfund London", "Crowdfund London", "Crowdfund London", True, "A name."),
    ("East Street", "East Street", "East Street", True, "Names of streets stay as they are on the signs."),
    ("Mayor’s pledge", "wkład burmistrza", "تعهّد العمدة", False, "Public money that tops up a campaign."),
    ("borough", "dzielnica", "حي إداري", False, "One of London’s 33 authorities."),
    ("consultation", "konsultacje", "استشارة", False, ""),
    ("campaign", "zbiórka", "حملة", False, ""),
    ("challenge", "wyzwanie", "تحدٍّ", False, "The programme, not a difficulty."),
    ("test grant", "grant na test", "منحة الاختبار", False, ""),
    ("startup", "start-up", "شركة ناشئة", False, ""),
)
