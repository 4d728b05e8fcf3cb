"""What made-up Londoners write where they may write freely, by language."""

HEAT_IDEAS = {
    "en": (
        "More trees on the sunny side of the road, and water them in the first summers.",
        "A drinking fountain by the bus stop. The nearest one is a 15 minute walk.",
        "Shade over the playground. The slide is too hot to touch in July.",
        "Let the library stay open later when it is very hot.",
        "Shutters on the outside. My flat faces south and stays at 30 degrees all night.",
        "Fewer cars. Then we could open the windows.",
        "A bench in the shade for people who cannot walk far.",
        "Green roofs on the bus shelters would be a start.",
    ),
    "pl": (
        "Więcej drzew i ławki w cieniu.",
        "Poidełko z wodą na placu zabaw.",
        "Rolety na zewnątrz okien. Mieszkanie od południa nagrzewa się do 30 stopni.",
        "Mniej samochodów, wtedy można by otworzyć okna.",
    ),
    "ar": (
        "مزيد من الأشجار ومقاعد في الظل.",
        "نافورة لمياه الشرب قرب موقف الحافلات.",
        "أن تبقى المكتبة مفتوحة مساءً في الأيام الحارة.",
    ),
}
VEHICLES = {
    "en": ("An electric car", "A petrol car from 2018", "A cargo bike", "A hybrid", "An electric van"),
    "pl": ("Samochód elektryczny", "Hybryda", "Rower towarowy"),
    "ar": ("سيارة كهربائية", "سيارة هجينة"),
}
HOMES = {
    "en": ("A houseboat", "Sheltered housing", "A flat above a shop"),
    "pl": ("Łódź mieszkalna", "Mieszkanie nad sklepem"),
    "ar": ("شقة فوق متجر",),
}
COOLING = {
    "en": ("Cold showers", "Slept in the garden", "Wet towels"),
    "pl": ("Zimny prysznic", "Mokre ręczniki"),
    "ar": ("الاستحمام بماء بارد", "مناشف مبللة"),
}
BUDGET_MESSAGES = {
    "en": (
        "Tell us what you did with our answers last time.",
        "Spend less on consultants and more on buses in outer London.",
        "Youth clubs cost little and change a lot.",
        "Please keep fares where they are. Wages have not gone up.",
        "A lift at my station would do more for me than any new line.",
        "Build homes that people on normal wages can rent.",
        "The parks are the best thing about London. Look after them.",
        "More officers on foot, fewer in cars.",
    ),
    "pl": (
        "Napiszcie, co zrobiliście z naszymi odpowiedziami.",
        "Więcej autobusów wieczorem poza centrum.",
        "Mieszkania, na które stać zwykłych ludzi.",
    ),
    "ar": (
        "أخبرونا بما فعلتم بإجاباتنا السابقة.",
        "مساكن بإيجار يستطيع الناس دفعه.",
        "مزيد من الحافلات في المساء خارج وسط المدينة.",
    ),
}
SAVINGS = {
    "en": ("Big events", "Advertising", "New offices"),
    "pl": ("Reklama", "Wielkie imprezy"),
    "ar": ("الإعلانات", "الفعاليات الكبرى"),
}
SAFETY_WISHES = {
    "en": (
        "Mend the lights in the underpass.",
        "Somebody who answers when we report a problem.",
        "Staff on the platform at night.",
        "Officers who stay in the area for longer than a few months.",
        "Cut back the bushes on the path to the station.",
        "More for teenagers to do in the evening.",
    ),
    "pl": (
        "Naprawić oświetlenie przy przejściu podziemnym.",
        "Więcej policjantów na piechotę.",
        "Zajęcia dla młodzieży wieczorem.",
    ),
}
FEARS = {"en": ("Fast e-bikes on the pavement", "Dogs off the lead"), "pl": ("Szybkie rowery elektryczne na chodniku",)}
CONTACTS = {"en": ("I was a witness", "A meeting in my street"), "pl": ("Jako świadek",)}
