"""What can be asked of the list of campaigns."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, Optional, SelectField, TextField, clean
from civic.crowdfund.queries.listing import SHOWS, SORTS, Wish
from civic.crowdfund.rules.choices import KINDS
from civic.crowdfund.wording.campaigns import KIND_NAMES
from civic.crowdfund.wording.public import SHOW_NAMES, SORT_NAMES
from civic.places import BOROUGHS, borough

LONGEST = 100


class FilterForm(Form):
    """Words, borough, kind, stage and order; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    words = TextField(_l("Words in the campaign"), [Optional(), Length(max=LONGEST)])
    borough = SelectField(
        _l("Borough"),
        [Optional()],
        choices=[("", _l("All of London")), *((b.gss, b.name) for b in sorted(BOROUGHS, key=lambda b: b.name))],
    )
    kind = SelectField(_l("Kind"), [Optional()], choices=[("", _l("Every kind")), *KIND_NAMES.items()])
    show = SelectField(_l("Which campaigns"), [Optional()], choices=list(SHOW_NAMES.items()))
    sort = SelectField(_l("Order"), [Optional()], choices=[("", _l("As we order them")), *SORT_NAMES.items()])


def wish_of(asked: Mapping[str, str]) -> Wish:
    """What an address asks for; whatever is not offered is left out, so that no column can be guessed at."""

    def one_of(name: str, offered: tuple[str, ...], otherwise: str = "") -> str:
        value = asked.get(name, "")
        return value if value in offered else otherwise

    gss = asked.get("borough", "")
    return Wish(
        words=clean(asked.get("words", ""))[:LONGEST],
        borough=gss if borough(gss) else "",
        kind=one_of("kind", KINDS),
        show=one_of("show", SHOWS, "open"),
        sort=one_of("sort", SORTS),
    )
