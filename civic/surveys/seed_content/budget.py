"""Closed, with published results: what London's money should be spent on first, in English, Polish and Arabic."""

from civic.surveys.rules.conditions import AnyOf
from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import (
    ABOUT_YOU_INTRO,
    AGE,
    BOROUGH,
    DONT_KNOW,
    NO_NAMES,
    PREFER_NOT,
    TENURE,
    example,
    o,
    q,
    section,
    t,
    when,
)  # fmt: skip

SLUG = "what-should-london-put-first"
TITLE = t(
    "What should London put first?", "Co powinno być dla Londynu najważniejsze?", "ما الذي ينبغي أن تضعه لندن أولًا؟"
)
SUMMARY = t(
    "How should City Hall share out its money next year? Example data.",
    "Jak Ratusz powinien podzielić pieniądze w przyszłym roku? Dane przykładowe.",
    "كيف ينبغي أن توزّع إدارة المدينة أموالها في العام المقبل؟ بيانات تجريبية.",
)
PURPOSE = example(
    "The results go to those who write the budget before it is decided. Between July 2017 and July 2018 Londoners gave "
    "18,000 answers to Talk London's surveys; after an earlier one only 38% thought that their views were used. So we "
    "publish what we heard and what was decided, side by side.",
    "Wyniki trafiają do osób przygotowujących budżet, zanim zapadną decyzje. Od lipca 2017 do lipca 2018 roku "
    "mieszkańcy Londynu udzielili 18 000 odpowiedzi w ankietach Talk London; wcześniej tylko 38% uważało, że ich "
    "opinie są brane pod uwagę. Dlatego publikujemy obok siebie to, co usłyszeliśmy, i to, co postanowiono.",
    "تصل النتائج إلى من يُعدّون الميزانية قبل اتخاذ القرار. بين يوليو 2017 ويوليو 2018 قدّم سكان لندن 18,000 إجابة في "
    "استطلاعات Talk London، وقبل ذلك لم يرَ سوى 38% منهم أن آراءهم تُؤخذ في الحسبان. لذلك ننشر ما سمعناه وما تقرّر جنبًا إلى جنب.",
)

SERVICES = (
    o("policing", "Policing", "Policja", "الشرطة"),
    o("transport", "Buses and trains", "Autobusy i kolej", "الحافلات والقطارات"),
    o("homes", "New homes", "Nowe mieszkania", "المساكن الجديدة"),
    o("clean_air", "Clean air", "Czyste powietrze", "الهواء النقي"),
    o("young_people", "Young people", "Młodzież", "الشباب"),
    o("culture", "Culture", "Kultura", "الثقافة"),
)

SPENDING = section(
    "spending",
    t("Sharing out the money", "Podział pieniędzy", "توزيع الأموال"),
    q(
        "ranking",
        "order",
        t(
            "In what order would you spend London's money?",
            "W jakiej kolejności wydałbyś lub wydałabyś pieniądze Londynu?",
            "بأيّ ترتيب تنفق أموال لندن لو كان القرار لك؟",
        ),
        *SERVICES,
        hint=t(
            "1 is what matters most to you.",
            "1 to to, co jest dla Ciebie najważniejsze.",
            "الرقم 1 هو الأهم بالنسبة إليك.",
        ),
    ),
    q(
        "multiple",
        "more_money",
        t(
            "Which should get more money than now? Choose up to two.",
            "Na co trzeba wydawać więcej niż teraz? Wybierz najwyżej dwie odpowiedzi.",
            "ما الذي ينبغي أن يحصل على أموال أكثر من الآن؟ اختر اثنين على الأكثر.",
        ),
        *SERVICES,
        o("none", "None of these", "Żadne z powyższych", "لا شيء مما سبق", alone=True),
        low=1,
        high=2,
        required=True,
    ),
    q(
        "single",
        "less_money",
        t(
            "If one had to get less money, which would it be?",
            "Gdyby na coś trzeba było wydać mniej, co by to było?",
            "لو وجب خفض الإنفاق على أحدها، فأيّها تختار؟",
        ),
        *SERVICES,
        DONT_KNOW,
        PREFER_NOT,
        other=True,
    ),
    q(
        "single",
        "council_tax",
        t(
            "What should happen to the Mayor's share of council tax?",
            "Co powinno się stać z częścią podatku council tax, którą dostaje burmistrz Londynu?",
            "ماذا ينبغي أن يحدث لحصة عمدة لندن من ضريبة البلدية (council tax)؟",
        ),
        o("rise", "Go up, for better services", "Wzrost w zamian za lepsze usługi", "أن ترتفع مقابل خدمات أفضل"),
        o("rise_prices", "Go up only as prices do", "Wzrost tylko o inflację", "أن ترتفع بقدر ارتفاع الأسعار فقط"),
        o("stay", "Stay as it is", "Bez zmian", "أن تبقى كما هي"),
        o("fall", "Go down, with fewer services", "Spadek kosztem usług", "أن تنخفض مع خدمات أقل"),
        DONT_KNOW,
    ),
)

TODAY = section(
    "today",
    t("How things are today", "Jak jest dzisiaj", "كيف هي الأمور اليوم"),
    q(
        "matrix",
        "satisfied",
        t("How happy are you with these?", "Jak oceniasz następujące usługi?", "ما مدى رضاك عمّا يلي؟"),
        o("happy", "Happy", "Dobrze", "راضٍ"),
        o("neither", "Neither", "Ani dobrze, ani źle", "محايد"),
        o("unhappy", "Unhappy", "Źle", "غير راضٍ"),
        DONT_KNOW,
        rows=(
            o("police", "Police where you live", "Policja w Twojej okolicy", "الشرطة في منطقتك"),
            o("fire", "The fire brigade", "Straż pożarna", "فرق الإطفاء"),
            o("buses", "Buses", "Autobusy", "الحافلات"),
            o("tube", "The Tube", "Metro", "المترو"),
            o("parks", "Parks", "Parki", "الحدائق العامة"),
        ),
    ),
    q(
        "single",
        "travel",
        t("How do you travel most often?", "Jak najczęściej podróżujesz?", "ما وسيلة تنقّلك المعتادة؟"),
        o("bus", "Bus", "Autobusem", "الحافلة"),
        o("train", "Tube or train", "Metrem lub pociągiem", "المترو أو القطار"),
        o("walk", "On foot", "Pieszo", "المشي"),
        o("cycle", "By bicycle", "Rowerem", "الدراجة"),
        o("car", "By car", "Samochodem", "السيارة"),
    ),
    q(
        "single",
        "fares",
        t(
            "What would improve your journeys most?",
            "Co najbardziej poprawiłoby Twoje podróże?",
            "ما الذي يحسّن رحلاتك أكثر من غيره؟",
        ),
        o("price", "Lower fares", "Tańsze bilety", "أجور أقل"),
        o("often", "More frequent services", "Częstsze kursy", "رحلات أكثر تواترًا"),
        o("step_free", "More step-free stations", "Więcej stacji bez schodów", "محطات أكثر بلا درج"),
        o("night", "More services at night", "Więcej kursów nocnych", "رحلات ليلية أكثر"),
        show_if=AnyOf((when("travel", "bus"), when("travel", "train"))),
    ),
    q(
        "single",
        "leave_car",
        t(
            "What would help you to leave the car at home?",
            "Co pomogłoby Ci zostawić samochód w domu?",
            "ما الذي يساعدك على ترك السيارة في البيت؟",
        ),
        o("buses", "Better buses", "Lepsze autobusy", "حافلات أفضل"),
        o("lanes", "Safe cycle lanes", "Bezpieczne drogi rowerowe", "مسارات آمنة للدراجات"),
        o("fares", "Lower fares", "Tańsze bilety", "أجور أقل"),
        o("nothing", "Nothing: I need it", "Nic: jest mi potrzebny", "لا شيء: أحتاج إليها"),
        show_if=when("travel", "car"),
    ),
)

TRUST = section(
    "trust",
    t("Being heard", "Czy ktoś Cię słucha", "أن يُسمَع صوتك"),
    q(
        "yes_no",
        "answered_before",
        t(
            "Have you answered a survey about London before?",
            "Czy wcześniej odpowiadałeś lub odpowiadałaś na ankietę o Londynie?",
            "هل أجبت من قبل عن استطلاع عن لندن؟",
        ),
    ),
    q(
        "scale",
        "heard",
        t(
            "How much do you feel that City Hall listens to you?",
            "Na ile czujesz, że Ratusz Cię słucha?",
            "إلى أيّ مدى تشعر بأن إدارة المدينة تصغي إليك؟",
        ),
        low=0,
        high=10,
        labels={0: t("Not at all", "Wcale", "لا تصغي إطلاقًا"), 10: t("Completely", "Całkowicie", "تصغي تمامًا")},
    ),
    q(
        "long_text",
        "message",
        t(
            "What would you like to say to those who decide?",
            "Co chcesz powiedzieć tym, którzy decydują?",
            "ماذا تودّ أن تقول لمن يتخذون القرار؟",
        ),
        hint=NO_NAMES,
        high=1000,
    ),
)

ABOUT_YOU = section("about_you", t("About you", "O Tobie", "عنك"), BOROUGH, AGE, TENURE, intro=ABOUT_YOU_INTRO)

QUESTIONNAIRE = Questionnaire(("en", "pl", "ar"), (SPENDING, TODAY, TRUST, ABOUT_YOU))
