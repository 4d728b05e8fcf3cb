"""What discussions keep about people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.discussions import models

TASK, CONSENT = _l("Public task"), _l("Consent")
NAMELESS = _l("As long as the discussion is kept; without your name once your account is deleted")
STAFF = _l("As long as the discussion is kept; without your name once your account is deleted")

CARDS = [
    PersonalData(
        models.Thread,
        person="author_id",
        title=_l("Threads you opened"),
        fields=_l("Title and text, their language, when, and what they said before you changed them"),
        purpose=_l("So that Londoners can discuss in public"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.Comment,
        person="author_id",
        title=_l("Your comments and ideas in discussions"),
        fields=_l("What you wrote, in which language, when, whom you answered, and what it said before you changed it"),
        purpose=_l("So that Londoners can discuss in public"),
        basis=TASK,
        keep=NAMELESS,
    ),
    PersonalData(
        models.CommentSupport,
        person="person_id",
        title=_l("Comments and ideas you support"),
        fields=_l("Which, and since when; others see only how many people support it"),
        purpose=_l("To count each person once"),
        basis=TASK,
        keep=_l("Until you take it back; after your account is deleted it counts on and is nobody’s"),
    ),
    PersonalData(
        models.ThreadFollow,
        person="person_id",
        title=_l("Threads you follow"),
        fields=_l("Which threads, and since when"),
        purpose=_l("To tell you what is said in them"),
        basis=CONSENT,
        keep=_l("Until you stop following"),
    ),
    PersonalData(
        models.ThreadRead,
        person="person_id",
        title=_l("How far you have read in threads"),
        fields=_l("The number of the last comment on a page that you marked as read, and when"),
        purpose=_l("To show you what is new, and everybody what has not been read much"),
        basis=TASK,
        keep=_l("Until your account is deleted"),
    ),
    PersonalData(
        models.CommentDraft,
        person="person_id",
        title=_l("Drafts of comments and threads"),
        fields=_l("What you have begun to write, and where"),
        purpose=_l("So that nothing you wrote is lost"),
        basis=TASK,
        keep=_l("Until you post it or throw it away, 90 days at most"),
    ),
    PersonalData(
        models.DiscussionPicture,
        person="person_id",
        title=_l("Pictures in your comments"),
        fields=_l("The picture without what the file said about where and how it was taken, and your words for it"),
        purpose=_l("To show it with your text"),
        basis=TASK,
        keep=_l("As long as a text uses it; unused ones for seven days"),
    ),
    PersonalData(
        models.Topic,
        person="created_by_id",
        title=_l("Topics that you made as a member of staff"),
        fields=_l("That you made it, and when"),
        purpose=_l("To know who answers for a topic"),
        basis=TASK,
        keep=STAFF,
    ),
    PersonalData(
        models.Idea,
        person="decided_by_id",
        title=_l("Ideas on which you decided as a member of staff"),
        fields=_l("Your decision, your reason, your office, and when"),
        purpose=_l("So that everybody can read who decided and why"),
        basis=TASK,
        keep=STAFF,
    ),
]
