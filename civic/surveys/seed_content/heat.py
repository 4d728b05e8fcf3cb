"""Open now: hot weather and clean air, with every kind of question, in English, Polish and Arabic."""

from civic.surveys.rules.conditions import All, AnyOf
from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.seed_content.wording import (
    ABOUT_YOU_INTRO,
    AGE,
    BOROUGH,
    DONT_KNOW,
    HEALTH,
    HEALTH_EFFECT,
    NO_NAMES,
    PREFER_NOT,
    example,
    o,
    q,
    section,
    t,
    when,
)  # fmt: skip

SLUG = "cooler-streets-cleaner-air"
TITLE = t("Cooler streets, cleaner air", "Chłodniejsze ulice, czystsze powietrze", "شوارع أبرد وهواء أنقى")
SUMMARY = t(
    "Tell us how hot weather and the air outside affect you, and what London should do first. Example data.",
    "Napisz, jak wpływają na Ciebie upały i powietrze na ulicy oraz co Londyn powinien zrobić najpierw. Dane przykładowe.",
    "أخبرنا كيف يؤثر فيك الطقس الحار وهواء الشارع، وما الذي ينبغي أن تبدأ به لندن. بيانات تجريبية.",
)
PURPOSE = example(
    "We read every answer and publish the results within twelve weeks of closing. They help to decide where trees, "
    "drinking water and cool spaces come first. In August 2016 over 15,000 people answered Talk London's survey on "
    "air quality.",
    "Czytamy każdą odpowiedź i publikujemy wyniki w ciągu dwunastu tygodni od zamknięcia ankiety. Pomagają one "
    "zdecydować, gdzie najpierw potrzebne są drzewa, woda pitna i chłodne miejsca. W sierpniu 2016 roku na ankietę "
    "Talk London o jakości powietrza odpowiedziało ponad 15 000 osób.",
    "نقرأ كل إجابة وننشر النتائج خلال اثني عشر أسبوعًا من إغلاق الاستطلاع. تساعد النتائج على تحديد الأماكن التي تحتاج أولًا "
    "إلى الأشجار ومياه الشرب والأماكن الباردة. في أغسطس 2016 أجاب أكثر من 15,000 شخص عن استطلاع Talk London حول جودة الهواء.",
)

HOME = section(
    "home",
    t("Where you live", "Gdzie mieszkasz", "مكان سكنك"),
    BOROUGH,
    q(
        "multiple",
        "connection",
        t("What brings you to London?", "Co łączy Cię z Londynem?", "ما الذي يربطك بلندن؟"),
        o("live", "I live here", "Mieszkam tu", "أسكن هنا"),
        o("work", "I work here", "Pracuję tu", "أعمل هنا"),
        o("study", "I study here", "Uczę się lub studiuję tu", "أدرس هنا"),
        o("run_something", "I run something here", "Prowadzę tu działalność", "أدير نشاطًا هنا"),
        o("none", "None of these", "Żadne z powyższych", "لا شيء مما سبق", alone=True),
        hint=t("Choose all that apply.", "Zaznacz wszystkie pasujące odpowiedzi.", "اختر كل ما ينطبق عليك."),
    ),
    q(
        "single",
        "home_kind",
        t("What kind of home do you live in?", "W jakim budynku mieszkasz?", "ما نوع مسكنك؟"),
        o("house", "A house", "Dom", "منزل"),
        o("flat_low", "A flat on the ground to third floor", "Mieszkanie od parteru do trzeciego piętra",
          "شقة بين الطابق الأرضي والثالث"),
        o("flat_high", "A flat on the fourth floor or higher", "Mieszkanie na czwartym piętrze lub wyżej",
          "شقة في الطابق الرابع أو أعلى"),
        o("shared", "A room in a shared house or hostel", "Pokój w domu dzielonym z innymi lub w hostelu",
          "غرفة في سكن مشترك أو نُزُل"),
        other=True,
    ),
)  # fmt: skip

HEAT = section(
    "heat",
    t("Hot weather at home", "Upały w domu", "الطقس الحار في البيت"),
    q(
        "information",
        "heat_facts",
        t(
            "On 19 July 2022 it reached 40.2°C at Heathrow, the first time that more than 40°C was measured in London.",
            "19 lipca 2022 roku na Heathrow było 40,2°C. Po raz pierwszy zmierzono w Londynie ponad 40°C.",
            "في 19 يوليو 2022 بلغت الحرارة 40.2 درجة مئوية في هيثرو، وهي أول مرة تتجاوز فيها 40 درجة في لندن.",
        ),
    ),
    q(
        "yes_no",
        "too_hot",
        t(
            "Was your home ever too hot to sleep in last summer?",
            "Czy ubiegłego lata zdarzyło się, że w domu było zbyt gorąco, żeby spać?",
            "هل كان مسكنك في الصيف الماضي حارًّا إلى حدّ تعذّر معه النوم؟",
        ),
        required=True,
    ),
    q(
        "number",
        "hot_nights",
        t(
            "About how many nights were too hot to sleep?",
            "Przez ile mniej więcej nocy było zbyt gorąco, żeby spać?",
            "كم ليلة تقريبًا كانت حارّة إلى حدّ تعذّر معه النوم؟",
        ),
        hint=t(
            "Your best guess. June, July and August have 92 nights.",
            "Podaj przybliżoną liczbę. Czerwiec, lipiec i sierpień mają 92 noce.",
            "تقدير تقريبي يكفي. في يونيو ويوليو وأغسطس 92 ليلة.",
        ),
        unit=t("nights", "nocy", "ليلة"),
        low=0,
        high=92,
        show_if=when("too_hot", "yes"),
    ),
    q(
        "multiple",
        "kept_cool",
        t("What did you do to keep cool?", "Co pomagało Ci się schłodzić?", "ماذا فعلت لتحافظ على برودتك؟"),
        o("fan", "Used a fan", "Wentylator", "استخدمت مروحة"),
        o("curtains", "Closed curtains or blinds by day", "Zasłony lub żaluzje zamknięte w dzień",
          "أغلقت الستائر نهارًا"),
        o("windows", "Opened windows at night", "Okna otwarte nocą", "فتحت النوافذ ليلًا"),
        o("air_conditioning", "Used air conditioning", "Klimatyzacja", "استخدمت مكيّف الهواء"),
        o("went_out", "Went somewhere cooler", "Wyjście w chłodniejsze miejsce", "ذهبت إلى مكان أبرد"),
        o("nothing", "Nothing", "Nic", "لا شيء", alone=True),
        other=True,
        show_if=when("too_hot", "yes"),
    ),
    q(
        "single",
        "windows_at_night",
        t(
            "Can you leave your windows open at night?",
            "Czy możesz zostawić okna otwarte na noc?",
            "هل يمكنك ترك النوافذ مفتوحة ليلًا؟",
        ),
        o("yes", "Yes", "Tak", "نعم"),
        o("no_noise", "No, it is too noisy", "Nie, jest zbyt głośno", "لا، الضوضاء شديدة"),
        o("no_safety", "No, it does not feel safe", "Nie, nie czuję się wtedy bezpiecznie", "لا، لا أشعر بالأمان"),
        o("no_design", "No, they do not open far enough", "Nie, okna nie otwierają się wystarczająco szeroko",
          "لا، فهي لا تُفتح بما يكفي"),
        PREFER_NOT,
        show_if=All((when("too_hot", "yes"), AnyOf((when("home_kind", "flat_low"), when("home_kind", "flat_high"))))),
    ),
)  # fmt: skip

OUTSIDE = section(
    "outside",
    t("Out and about", "Poza domem", "خارج البيت"),
    q(
        "matrix",
        "near_you",
        t(
            "How easy is it to find these near you on a hot day?",
            "Jak łatwo znaleźć w Twojej okolicy te rzeczy w upalny dzień?",
            "ما مدى سهولة العثور على ما يلي بالقرب منك في يوم حار؟",
        ),
        o("easy", "Easy", "Łatwo", "سهل"),
        o("not_easy", "Not easy", "Niełatwo", "ليس سهلًا"),
        o("none", "There is none", "Nie ma", "غير موجود"),
        DONT_KNOW,
        rows=(
            o("shade", "Shade to walk in", "Cień na trasie spaceru", "ظلّ للمشي"),
            o("water", "Free drinking water", "Bezpłatna woda pitna", "مياه شرب مجانية"),
            o("toilets", "Public toilets", "Toalety publiczne", "مراحيض عامة"),
            o("cool_space", "A cool place indoors", "Chłodne miejsce pod dachem", "مكان داخلي بارد"),
        ),
    ),
    q(
        "date",
        "plans_changed_on",
        t(
            "When did heat last make you change your plans?",
            "Kiedy ostatnio upał zmusił Cię do zmiany planów?",
            "متى كانت آخر مرة غيّرت فيها خططك بسبب الحرّ؟",
        ),
        hint=t(
            "For example 27 6 2026. Leave it empty if it never did.",
            "Na przykład 27 6 2026. Zostaw puste, jeśli nigdy tak nie było.",
            "مثلًا 27 6 2026. اتركه فارغًا إن لم يحدث ذلك قطّ.",
        ),
        earliest="2020-01-01",
    ),
)

AIR = section(
    "air",
    t("The air you breathe", "Powietrze, którym oddychasz", "الهواء الذي تتنفسه"),
    q(
        "scale",
        "air_today",
        t(
            "How good is the air in the street where you live?",
            "Jakie jest powietrze na ulicy, przy której mieszkasz?",
            "ما مدى جودة الهواء في الشارع الذي تسكن فيه؟",
        ),
        low=1,
        high=5,
        labels={1: t("Very poor", "Bardzo złe", "سيّئ جدًّا"), 5: t("Very good", "Bardzo dobre", "جيّد جدًّا")},
    ),
    q(
        "ranking",
        "air_causes",
        t(
            "What makes the air worse near you? Put these in order.",
            "Co pogarsza powietrze w Twojej okolicy? Ustaw w kolejności.",
            "ما الذي يزيد تلوث الهواء بالقرب منك؟ رتّب ما يلي.",
        ),
        o("traffic", "Road traffic", "Ruch drogowy", "حركة المرور"),
        o("building_work", "Building work", "Prace budowlane", "أعمال البناء"),
        o("wood_burning", "Wood burning at home", "Palenie drewnem w domach", "حرق الحطب في البيوت"),
        o("aircraft", "Aircraft", "Samoloty", "الطائرات"),
        hint=t("1 is the worst.", "1 oznacza najgorszą przyczynę.", "الرقم 1 هو الأسوأ."),
    ),
    q(
        "single",
        "ulez_change",
        t(
            "Has the way you travel changed since the Ultra Low Emission Zone covered all of London?",
            "Czy zmienił się Twój sposób podróżowania, odkąd strefa ULEZ objęła cały Londyn?",
            "هل تغيّرت طريقة تنقّلك منذ أن شملت منطقة الانبعاثات شديدة الانخفاض (ULEZ) لندن كلها؟",
        ),
        o("walk_cycle", "I walk or cycle more", "Więcej chodzę lub jeżdżę rowerem", "أصبحت أمشي أو أركب الدراجة أكثر"),
        o("public_transport", "I use public transport more", "Częściej korzystam z transportu publicznego",
          "أصبحت أستخدم النقل العام أكثر"),
        o("new_vehicle", "I changed my vehicle", "Mam teraz inny pojazd", "غيّرت مركبتي"),
        o("no_change", "No, nothing has changed", "Nie, nic się nie zmieniło", "لا، لم يتغيّر شيء"),
        PREFER_NOT,
        hint=t(
            "This happened on 29 August 2023.",
            "Stało się to 29 sierpnia 2023 roku.",
            "حدث ذلك في 29 أغسطس 2023.",
        ),
    ),
    q(
        "short_text",
        "new_vehicle_kind",
        t("What did you change to?", "Na jaki pojazd nastąpiła zmiana?", "ما المركبة التي انتقلت إليها؟"),
        hint=t("For example, an electric van.", "Na przykład elektryczny samochód dostawczy.", "مثلًا: شاحنة كهربائية صغيرة."),
        show_if=when("ulez_change", "new_vehicle"),
    ),
)  # fmt: skip

FIRST = section(
    "first",
    t("What should come first", "Co powinno być najważniejsze", "ما الذي ينبغي البدء به"),
    q(
        "multiple",
        "priorities",
        t(
            "What should London do first? Choose up to three.",
            "Co Londyn powinien zrobić najpierw? Wybierz najwyżej trzy odpowiedzi.",
            "ما الذي ينبغي أن تفعله لندن أولًا؟ اختر ثلاثة على الأكثر.",
        ),
        o("trees", "Plant more street trees", "Sadzić więcej drzew przy ulicach", "زراعة مزيد من الأشجار في الشوارع"),
        o("water", "Put in more drinking fountains", "Ustawić więcej poidełek z wodą", "تركيب مزيد من نوافير الشرب"),
        o("homes", "Help people make homes cooler", "Pomóc ludziom schłodzić mieszkania",
          "مساعدة الناس على تبريد بيوتهم"),
        o("school_streets", "Keep cars away from school gates", "Nie wpuszczać aut pod szkoły",
          "إبعاد السيارات عن أبواب المدارس"),
        o("cool_spaces", "Open cool spaces for longer", "Wydłużyć godziny otwarcia chłodnych miejsc",
          "إطالة ساعات عمل الأماكن الباردة"),
        o("clean_buses", "Run only buses without exhaust", "Używać tylko autobusów bez spalin",
          "تشغيل حافلات بلا عوادم فقط"),
        o("dont_know", "I do not know", "Nie wiem", "لا أعرف", alone=True),
        low=1,
        high=3,
        required=True,
    ),
    q(
        "scale",
        "cool_space_use",
        t(
            "How likely are you to use a cool space next summer?",
            "Na ile prawdopodobne jest, że następnego lata skorzystasz z chłodnego miejsca?",
            "ما احتمال أن تستخدم مكانًا باردًا في الصيف المقبل؟",
        ),
        low=0,
        high=10,
        labels={
            0: t("Not at all likely", "Zupełnie nieprawdopodobne", "غير محتمل إطلاقًا"),
            10: t("Very likely", "Bardzo prawdopodobne", "محتمل جدًّا"),
        },
    ),
    q(
        "long_text",
        "one_idea",
        t(
            "What one thing would make your street better on a hot day?",
            "Co jedno poprawiłoby Twoją ulicę w upalny dzień?",
            "ما الشيء الواحد الذي يجعل شارعك أفضل في يوم حار؟",
        ),
        hint=NO_NAMES,
        high=1000,
    ),
)  # fmt: skip

ABOUT_YOU = section("about_you", t("About you", "O Tobie", "عنك"), AGE, HEALTH, HEALTH_EFFECT, intro=ABOUT_YOU_INTRO)

QUESTIONNAIRE = Questionnaire(("en", "pl", "ar"), (HOME, HEAT, OUTSIDE, AIR, FIRST, ABOUT_YOU))
