"""Who may do what in discussions. Each answers from rows that are loaded; a door gets a Thread with its topic."""

from civic.accounts.access import has_role, is_confirmed, is_staff
from civic.core.person import maybe_me
from civic.discussions.models import Comment, Thread, Topic
from civic.discussions.rules.choices import MEMBERS_KINDS, THREAD_KINDS

may_manage_topics = has_role("researcher", "administrator")
"""Make topics, change and order them, close them; open lists of ideas and official questions; put polls into threads."""
may_keep_order = has_role("moderator", "administrator")
"""Lock threads and move them to another topic."""
may_answer_officially = has_role("researcher", "funds_officer", "approver", "challenge_manager", "administrator")
"""Speak for the Greater London Authority, by name and office; decide how far an idea has come."""
may_work_on_discussions = has_role(
    "researcher", "moderator", "funds_officer", "approver", "challenge_manager", "administrator"
)
"""See the staff pages of discussions."""


def may_write(*things: object) -> bool:
    """Members whose e-mail address is confirmed and who have a name to be shown."""
    person = maybe_me()
    return is_confirmed() and person is not None and bool(person.display_name)


def may_see_thread(thread: Thread) -> bool:
    """Everybody while it is in sight; otherwise its author and staff who work on discussions."""
    if thread.withdrawn_at is not None:
        return False
    return thread.is_in_sight or is_author_of(thread) or may_work_on_discussions()


def may_see_comment(comment: Comment) -> bool:
    """Everybody while it is in sight; otherwise its author and staff who work on discussions."""
    return comment.is_in_sight or is_author_of(comment) or may_work_on_discussions()


def is_author_of(thing: Thread | Comment) -> bool:
    """Whether the person here wrote it."""
    person = maybe_me()
    return person is not None and thing.author_id == person.id


def may_open_thread(topic: Topic) -> bool:
    """Members where the topic lets them; those who manage topics in any that is open."""
    if not topic.is_open:
        return False
    return may_manage_topics() or (topic.members_open and may_write())


def kinds_to_open(topic: Topic) -> tuple[str, ...]:
    """The kinds of threads that the person here may open in a topic."""
    if not may_open_thread(topic):
        return ()
    return THREAD_KINDS if may_manage_topics() else MEMBERS_KINDS


def may_comment(thread: Thread) -> bool:
    """Those who may write, while the thread takes comments."""
    return thread.takes_comments and may_write()


def may_change_thread(thread: Thread) -> bool:
    """Its author, while the thread takes comments or waits for a moderator."""
    return is_author_of(thread) and thread.status == "open" and thread.topic.is_open


def may_ask_to_withdraw(thread: Thread) -> bool:
    """Its author; what was opened for the city stays on record. Whether it can still be done is asked of what others said."""
    return is_author_of(thread) and not thread.as_role


def may_change(comment: Comment) -> bool:
    """Its author, as long as it was not withdrawn; what a moderator removed may be mended and is then looked at again."""
    return is_author_of(comment) and comment.withdrawn_at is None


def may_withdraw(comment: Comment) -> bool:
    """Its author at any time: the words are theirs. An official answer stays on record."""
    return may_change(comment) and not comment.is_official


def may_support(comment: Comment) -> bool:
    """Those who may write, for what others said and everybody can see."""
    return comment.is_in_sight and may_write() and not is_author_of(comment)


def may_see_staff_pages(*things: object) -> bool:
    """Members of staff with anything to do here."""
    return is_staff() and may_work_on_discussions()
