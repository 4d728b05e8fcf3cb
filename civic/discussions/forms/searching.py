"""What can be looked for in discussions."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, Optional, TextField, clean
from civic.core.i18n import LANGUAGES
from civic.discussions.queries.finding import Search
from civic.discussions.rules.choices import IDEA_STATES, THREAD_KINDS

LONGEST = 100


class SearchForm(Form):
    """Words; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    words = TextField(_l("Words in discussions"), [Optional(), Length(max=LONGEST)])


def search_of(asked: Mapping[str, str], topics: frozenset[str]) -> Search:
    """What an address asks for; whatever is not offered is left out."""

    def one_of(name: str, offered: tuple[str, ...]) -> str:
        value = asked.get(name, "")
        return value if value in offered else ""

    topic = asked.get("topic", "")
    return Search(
        words=clean(asked.get("words", ""))[:LONGEST],
        topic=topic if topic in topics else "",
        kind=one_of("kind", THREAD_KINDS),
        language=one_of("language", tuple(LANGUAGES)),
        idea=one_of("idea", IDEA_STATES),
        answered=one_of("answered", ("yes",)),
    )
