"""How much a comment has been looked at, and where it stands among the pages of its thread."""

from civic.discussions.rules.choices import PAGE

SUPPORT_WEIGHS, ANSWER_WEIGHS = 3, 5


def attention(*, reads: int, supports: int, answers: int) -> int:
    """A read counts once, a support three times, an answer five times; the least looked at comes first, the latest of equals."""
    return reads + SUPPORT_WEIGHS * supports + ANSWER_WEIGHS * answers


def page_of_position(position: int, size: int = PAGE) -> int:
    """The page on which the comment of this number stands, oldest first; pages are cut by number, so it never changes."""
    return (max(1, position) - 1) // size + 1


def positions_on(page: int, size: int = PAGE) -> tuple[int, int]:
    """The first and the last number on a page."""
    return (page - 1) * size + 1, page * size


def pages_in(last_position: int, size: int = PAGE) -> int:
    """How many pages a thread has; one even where nothing was said yet."""
    return page_of_position(last_position, size)


def new_since(last_position: int, read_to: int | None) -> int:
    """How many comments came since the last visit; none for somebody who never marked one."""
    return 0 if read_to is None else max(0, last_position - read_to)
