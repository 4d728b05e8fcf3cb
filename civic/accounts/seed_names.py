"""Names for made-up Londoners: common given and family names of many origins, put together by chance. No real person is meant."""

from collections.abc import Iterator
from random import Random

# (how many in a hundred, given names, family names); the mixture is rough, to look like London and not to measure it.
ORIGINS: tuple[tuple[int, str, str], ...] = (
    (
        30,
        "Olivia Amelia George Harry Emily Jack Charlotte Thomas Grace James Sophie Daniel Lucy Samuel Ruth Peter Margaret Alan Joan Keith",
        "Smith Taylor Brown Wilson Davies Evans Roberts Walker Wright Robinson Thompson White Hughes Edwards Green Wood Turner Baker",
    ),
    (
        8,
        "Priya Arjun Kavita Rohan Meera Sanjay Anjali Vikram Nisha Dev",
        "Patel Shah Nair Sharma Mehta Desai Iyer Gupta Reddy Joshi",
    ),
    (
        6,
        "Ayesha Imran Fatima Bilal Sana Usman Zainab Hamza Nadia Tariq",
        "Khan Hussain Ahmed Malik Iqbal Butt Qureshi Chaudhry Mirza Aslam",
    ),
    (
        6,
        "Nusrat Rahim Shirin Kamal Farzana Jamal Rukhsana Anwar Taslima Habib",
        "Begum Rahman Islam Miah Uddin Chowdhury Ali Hoque Khatun Sarkar",
    ),
    (
        9,
        "Chidi Ngozi Kwame Abena Tunde Folake Yaw Efua Emeka Amaka",
        "Okafor Adeyemi Mensah Boateng Okonkwo Asante Balogun Owusu Eze Adebayo",
    ),
    (
        6,
        "Marcia Winston Delroy Sonia Leroy Yvonne Errol Claudette Trevor Beverley",
        "Campbell Grant Francis Gordon Bailey Reid Morgan Henry Stewart Lewis",
    ),
    (
        3,
        "Hodan Abdi Amina Farah Sahra Yusuf Ifrah Mohamed Asha Liban",
        "Warsame Abdullahi Hersi Farah Jama Osman Nur Hassan Aden Dirie",
    ),
    (
        5,
        "Anna Piotr Katarzyna Tomasz Agnieszka Marek Ewa Paweł Magdalena Łukasz",
        "Kowalska Nowak Wójcik Lewandowska Zielińska Mazur Krawczyk Król Dudek Sikora",
    ),
    (
        5,
        "Ioana Andrei Elena Mihai Cristina Radu Ana Vlad Gabriela Bogdan",
        "Popescu Ionescu Stan Dumitru Radu Matei Munteanu Rusu Ciobanu Barbu",
    ),
    (
        4,
        "Giulia Marco Chiara Luca Sofia Matteo Elisa Davide Paola Nicolò",
        "Rossi Bianchi Romano Ricci Marino Greco Conti Costa Gallo Ferrara",
    ),
    (
        4,
        "María José Lucía Diego Carmen Andrés Valentina Javier Inés Camila",
        "García Fernández Rojas Gómez Torres Ramírez Vargas Ortiz Mendoza Núñez",
    ),
    (
        3,
        "João Beatriz Tiago Inês Rui Mariana Nuno Catarina Thiago Larissa",
        "Silva Santos Ferreira Oliveira Pereira Costa Almeida Ribeiro Sousa Lima",
    ),
    (
        3,
        "Elif Mehmet Zeynep Emre Ayşe Can Defne Mert Selin Kerem",
        "Yılmaz Demir Kaya Çelik Şahin Aydın Öztürk Arslan Doğan Koç",
    ),
    (
        3,
        "Layla Omar Noor Khalid Mariam Karim Rania Sami Huda Ziad",
        "Haddad Mansour Saleh Nasser Khoury Aziz Darwish Hamdan Sabbagh Farouk",
    ),
    (
        2,
        "Eleni Andreas Maria Costas Despina Nikos Sophia Giorgos Katerina Stavros",
        "Georgiou Christou Ioannou Papadopoulou Nicolaou Constantinou Michael Andreou Petrou Savva",
    ),
    (2, "Mei Wei Xin Jun Ling Hao Yan Chen Hui Ming", "Wang Li Zhang Chen Liu Yang Huang Wong Lam Cheung"),
    (
        2,
        "Ji-woo Min-jun Haruka Kenji Thanh Linh Maria-Jose Rizal Siti Adi",
        "Kim Park Tanaka Suzuki Nguyen Tran Santos Reyes Wijaya Lee",
    ),
    (
        2,
        "Oksana Andriy Iryna Taras Olena Dmytro Rūta Jonas Elira Arben",
        "Shevchenko Kovalenko Bondarenko Melnyk Tkachenko Kazlauskas Petraitis Hoxha Krasniqi Berisha",
    ),
    (
        1,
        "Rivka Moshe Leah Yosef Miriam Avi Esther Eli Shira Noam",
        "Cohen Levy Goldberg Rosen Katz Stern Adler Weiss Grossman Bernstein",
    ),
)
# Written in their own scripts, as some people do.
OWN_SCRIPT = (
    "محمد العلي",
    "فاطمة حسن",
    "ليلى منصور",
    "王芳",
    "李伟",
    "陈静",
    "Олена Бондар",
    "Марія Коваль",
    "Ελένη Γεωργίου",
    "মিতা রহমান",
    "রফিক মিয়া",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "ਹਰਜੀਤ ਸਿੰਘ",
    "પ્રિયા પટેલ",
    "சரண்யா குமார்",
    "زہرا قریشی",
    "رضا احمدی",
    "김민지",
    "さくら 田中",
)
HABITS = ("full", "full", "full", "full", "initial", "given", "place")
PLACES = [
    "Peckham",
    "Tottenham",
    "Ealing",
    "Barking",
    "Brixton",
    "Harlesden",
    "Walthamstow",
    "Croydon",
    "Hounslow",
    "Deptford",
    "Southall",
    "Ilford",
    "Morden",
    "Edgware",
    "Bow",
]


def names(chance: Random) -> Iterator[str]:
    """Display names without end, as people choose them: in full, with an initial, with a place; a few in their own script."""
    yield from OWN_SCRIPT
    weights = [share for share, _given, _family in ORIGINS]
    while True:
        _share, given, family = chance.choices(ORIGINS, weights)[0]
        first, last = chance.choice(given.split()), chance.choice(family.split())
        habit = chance.choice(HABITS)
        if habit == "full":
            yield f"{first} {last}"
        elif habit == "initial":
            yield f"{first} {last[0]}."
        elif habit == "place":
            yield f"{first} from {chance.choice(PLACES)}"
        else:
            yield f"{first} {chance.choice('ABCDEFGHJKLMNOPRSTW')}. {last}"
