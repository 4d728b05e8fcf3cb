"""The demo's threads, written by hand; what a crowd adds stands in crowd.py."""

from civic.discussions.seed_content.lines import IdeaLine, Line, Planned

COOL = Planned(
    "keeping-cool",
    "Where do you go when your home is too hot?",
    "Last summer two nights in July stayed above 20 degrees in most of inner London. **Where did you go to cool down, and what kept you "
    "from it?** A park that closes at dusk, a library with air conditioning, a friend’s ground floor: everything helps us to plan.",
    24,
    (
        Line(
            "The library in Canada Water. It is cool, there is water, and nobody asks what you are doing there. It shuts at eight, "
            "and that is when my flat begins to cook.",
            47,
        ),
        Line("Same here. If it stayed open until ten on the five hottest days, I would not need anything else.", 21, 1),
        Line(
            "A top-floor flat under a flat roof: 34 degrees at midnight. We slept on the floor by the front door.",
            38,
            was="A top-floor flat: 34 degrees at midnight. We slept on the floor.",
        ),
        Line(
            "My mother is 81 and does not go out when it is hot. A cool place is no use to her. She needs "
            "shutters, and her landlord says no.",
            52,
        ),
        Line(
            "Shutters on the outside are what every house in Rome has. Here you need permission for them in a conservation area.",
            33,
            4,
        ),
        Line("Is that so? I thought it was only for the front.", 2, 5),
        Line(
            "W bloku na Pradze mieliśmy zewnętrzne rolety i różnica była ogromna. Tutaj nikt o nich nie słyszał.",
            14,
            4,
            "pl",
        ),
        Line(
            "أمي مريضة بالقلب، والطابق الخامس بلا مصعد. نحتاج إلى من يطرق الباب ويسأل عنها في الأيام الحارة.",
            29,
            None,
            "ar",
        ),
        Line("Churches are the coolest buildings in any parish and most are locked on weekdays. Ask them.", 25),
        Line("Ours is open all day and has a kettle and a fan. St Mary’s, Rotherhithe. Come in!", 17, 9),
        Line("", 0, None, is_withdrawn=True),
        Line("What had you said? I liked it.", 1, 11),
        Line("Buy my portable air conditioner, forty pounds off with the code COOL.", 0, shown="removed", broke="spam"),
        Line("The Underground is the opposite of a cool place. The Central line was 33 degrees in July.", 19, quotes=3),
        Line(
            "Thank you for more than two hundred answers. From next June, **40 libraries and 12 leisure centres "
            "stay open until ten** on days "
            "with a heat-health alert, and the map of cool spaces will say which have step-free access. We "
            "cannot pay for shutters; what we "
            "can do is to write in planning guidance that outside shutters are welcome, and the draft is out for comments in February.",
            64,
            role="Head of Climate Adaptation",
            is_answer=True,
        ),
        Line("Twelve leisure centres for 33 boroughs. It is a start.", 11, 15),
    ),
    crowd=110,
)

SCHOOL = Planned(
    "keeping-cool",
    "Classrooms above 30 degrees",
    "I teach year 4 in a building from 1972 with windows that open a hand’s breadth. What has your school done that worked?",
    11,
    (
        Line("White paint on the roof. Four degrees less in the rooms below, and it cost less than one projector.", 31),
        Line("Do you know which paint? Our caretaker would like to know.", 4, 1),
        Line(
            "Lessons from seven to noon in the two hottest weeks. Half the parents loved it and the other half could not get to work.",
            12,
        ),
        Line("Trees along the south side. In fifteen years.", 8),
    ),
    crowd=14,
)

AREA = Planned(
    "your-local-area",
    "Your ideas for streets, squares and high streets",
    "Say what you would change and where. In spring we look at every idea with its borough; those that are shortlisted are costed, and "
    "you can read here what became of each, and why.",
    60,
    kind="ideas",
    role="Senior Project Officer, Public Realm",
    ideas=(
        IdeaLine(
            "A square where the roundabout is, in Catford",
            "Nobody walks over it and nobody stops at it. Close two of its five arms and "
            "there is room for a market and forty trees.",
            88,
            "shortlisted",
            "Traffic was counted in May: two arms can be closed. It is being costed with Lewisham.",
        ),
        IdeaLine(
            "Benches with backs and arms, every 100 metres",
            "My father can walk 150 metres. There are 400 between the station and the "
            "surgery in Harlesden and not one place to sit.",
            121,
            "taken_up",
            "Thirty-two benches stand on four routes in Brent by October; the survey of where they are needed goes on in 2027.",
            answers=(
                "The new ones on the High Street are good. My mother uses them every day.",
                "With room for a wheelchair beside them, please.",
            ),
        ),
        IdeaLine(
            "Turn the car park behind the library into a garden",
            "It is full for three hours on Saturdays and empty otherwise.",
            54,
            "not_taken_up",
            "The car park has a lease until 2031 that the council cannot end. We have written its date down.",
        ),
        IdeaLine(
            "Mural under the railway bridge in Peckham",
            "It is dark, wet and 60 metres long, and every child walks through it.",
            43,
        ),
        IdeaLine(
            "Toalety publiczne przy targu na Ridley Road",
            "Targ jest otwarty od rana, a najbliższa toaleta jest na stacji, za bramkami.",
            37,
            language="pl",
        ),
        IdeaLine(
            "ملعب صغير للأطفال في شارع إدجوير",
            "لا يوجد مكان يلعب فيه الأطفال بين المحلات والطريق السريع.",
            26,
            language="ar",
        ),
        IdeaLine(
            "Water fountains at every bus station",
            "I fill my bottle at work because there is nowhere else.",
            61,
            "taken_up",
            "Built into the next refit of each bus station; the first two open in Walthamstow and Vauxhall.",
        ),
        IdeaLine(
            "Quieter surface on Green Lanes between two and five in the morning, when lorries deliver to every shop at once and nobody who "
            "lives above one sleeps",
            "Rubber wheels on the cages, or a later hour.",
            18,
        ),
        IdeaLine(
            "Light the steps by the Wandle",
            "They are the short way to the station and nobody takes them after four in winter.",
            33,
            "shortlisted",
            "Bats live there. We are asking which lamps they do not mind.",
        ),
        IdeaLine(
            "A pop-up library in the empty bank",
            "It has been empty for two years and it has a very good safe for the books.",
            47,
        ),
    ),
)

BUSES = Planned(
    "getting-around",
    "Night buses that do not meet each other",
    "I finish at 1.30 in Park Royal and live in Plaistow. Both my buses come every half hour, and the second leaves two minutes before the "
    "first arrives. Who else waits 28 minutes every night?",
    9,
    (
        Line("Every night at Trafalgar Square. There are nine of us. We know each other by name now.", 44),
        Line("@Amina Yusuf is that you with the red thermos?", 9, 1),
        Line("Cleaners, nurses, kitchen staff: the people who need night buses are those nobody asks.", 36),
        Line("The N98 and the N15 could simply swap their minutes. It costs nothing.", 28),
        Line("It costs drivers’ breaks. I drive one of them. But three minutes would be possible.", 31, 4),
        Line(
            "Codziennie rano o czwartej na Stratford to samo. Autobus odjeżdża, kiedy wysiadam z pociągu.",
            12,
            None,
            "pl",
        ),
    ),
    crowd=46,
)

CROSSING = Planned(
    "getting-around",
    "How long should a green man last?",
    "The crossing at Brixton Road gives 7 seconds. I am 34 and I just make it.",
    5,
    (
        Line("With a pushchair and a four-year-old: no chance.", 17),
        Line(
            "There are crossings that see whether somebody is still walking and wait. There is one in Bow. Why not everywhere?",
            22,
        ),
        Line("Because people on buses wait too, and there are sixty of them.", 6, 2),
    ),
    crowd=18,
)

ROWER = Planned(
    "getting-around",
    "إشارات المرور والمشاة في لندن",
    "لماذا يقف المشاة طويلًا عند الإشارات في الشوارع الكبيرة؟ أقترح أن نجمع هنا الأماكن التي نعرفها.",
    15,
    (
        Line("عند محطة إدجوير رود ننتظر أكثر من دقيقتين.", 7, None, "ar"),
        Line("I read this with a translation: the same at Elephant and Castle.", 5, 1),
    ),
    language="ar",
)

STREET = Planned(
    "rough-sleeping",
    "What would you have needed, in the first week?",
    "We ask those who slept rough and those who work with them. You need not say who you are to anybody but us.",
    30,
    (
        Line("A locker. With a locker you can go to an interview without your whole life in two bags.", 73),
        Line("Somebody who rings back. I left my number in five places.", 58),
        Line("A letter with an address on it. No bank, no doctor, no job without one.", 66),
        Line("Our day centre in Whitechapel takes post for people. So do nine others; I can send a list.", 24, 3),
        Line("Is this one still waiting for a moderator?", 0, shown="waiting"),
    ),
    kind="question",
    role="Head of Rough Sleeping",
    crowd=22,
)

AIR = Planned(
    "clean-air",
    "School streets: has yours made a difference?",
    "Ours has been closed to cars for forty minutes in the morning since September. I should like to hear from places where it has been "
    "longer, also from those who live there and have to drive.",
    18,
    (
        Line("Two years in Hackney. The children talk on the way now; before, nobody could hear a word.", 27),
        Line(
            "I live on one. My carer could not get through for three weeks, until the exemption came. Sort that "
            "first, then close the street.",
            41,
        ),
        Line("That should never have taken three weeks. In our borough carers have a number to ring.", 15, 2),
        Line("The cars are now in the next street, in front of my window.", 23),
        Line("Somebody measured it: a little more there, much less here, less in all. I have the link at home.", 12, 4),
        Line("Whoever thought of this should watch their windows.", 0, shown="removed", broke="abuse"),
    ),
    crowd=38,
)

PQT = Planned(
    "peoples-question-time",
    "When will the lift at our station be repaired?",
    "Asked by a resident of Brent and supported by 140 others at the meeting of 12 November.",
    120,
    (
        Line(
            "The lift has been out of order since March because a part is made to measure. It arrived on 3 "
            "December and the lift runs again "
            "**from 16 December**. I am sorry that nobody told you for nine months; there is now a notice at the "
            "station with a date on it.",
            39,
            role="Deputy Mayor for Transport",
            is_answer=True,
        ),
        Line("It runs. I was there this morning.", 20, 1),
    ),
    kind="question",
    role="Secretary to the London Assembly",
    locked_why="The question has been answered, and the lift runs.",
)

POLISH = Planned(
    "clean-air",
    "Smog z kominków zimą",
    "Od listopada w naszej okolicy w Ealing czuć dym każdego wieczoru. Czy ktoś wie, co wolno palić i komu to zgłosić?",
    7,
    (
        Line("Tylko paliwa bezdymne. Zgłasza się w radzie dzielnicy, formularz jest na stronie.", 11, None, "pl"),
        Line("Zgłosiłam trzy razy. Przyszli po drugim.", 6, 1, "pl"),
        Line("Can you tell me in English what you found out? It is the same in Hanwell.", 3, 1),
    ),
    language="pl",
)

QUIET = Planned(
    "clean-air",
    "Nobody has answered this yet",
    "Is there a map of the air by hour, not by year? I run in the evening.",
    2,
)

THREADS = (COOL, SCHOOL, AREA, BUSES, CROSSING, ROWER, STREET, AIR, PQT, POLISH, QUIET)
