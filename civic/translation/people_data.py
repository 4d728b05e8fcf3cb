"""What translation keeps about people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.translation import models

TASK = _l("Public task")

CARDS = [
    PersonalData(
        models.Translation,
        person="by_id",
        title=_l("Translations you wrote or suggested"),
        fields=_l("Of which text, your words, when, and what became of them"),
        purpose=_l("So that readers see who translated what they read"),
        basis=TASK,
        keep=_l("As long as the text is kept; without your name once your account is deleted"),
    ),
    PersonalData(
        models.Translation,
        person="decided_by_id",
        title=_l("Translations you published or looked at for others"),
        fields=_l("Which, how you decided, why and when"),
        purpose=_l("So that it is known who answers for a translation"),
        basis=TASK,
        keep=_l("As long as the text is kept; without your name once your account is deleted"),
    ),
    PersonalData(
        models.GlossaryTerm,
        person="by_id",
        title=_l("Words you wrote into the translators’ glossary"),
        fields=_l("Which, and when you changed them last"),
        purpose=_l("So that colleagues know whom to ask about a word"),
        basis=TASK,
        keep=_l("As long as the word is kept; without your name once your account is deleted"),
    ),
    PersonalData(
        models.TranslationFile,
        person="by_id",
        title=_l("Files of translations you sent"),
        fields=_l("The file’s name and what it held, and when"),
        purpose=_l("So that you can look at what a file would change before it does"),
        basis=TASK,
        keep=_l("One week"),
    ),
]
