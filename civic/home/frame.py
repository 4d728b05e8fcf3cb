"""The frame around every page: the ways into the site, the footer, the navigation of staff; only what exists is offered."""

from functools import lru_cache
from urllib.parse import urlencode

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.access import is_staff
from civic.core.i18n import current
from civic.core.manifest import House, StaffTask, Way

Link = tuple[str, str, bool]

WITH_PAGE = {"accessibility.new_barrier": "page", "accessibility.show_preferences": "next"}
"""What is told the page it was asked from, and by which name."""

FOOTER = (
    (_l("Make this site easier to use"), "accessibility.show_preferences"),
    (_l("Accessibility statement"), "accessibility.show_statement"),
    (_l("Report a barrier"), "accessibility.new_barrier"),
    (_l("Ask for another format"), "requests.new_request"),
    (_l("Report card"), "consultations.show_report_card"),
    (_l("House rules"), "moderation.show_house_rules"),
    (_l("Fees"), "crowdfund.show_fees"),
    (_l("Help to translate"), "translation.list_things"),
    (_l("Privacy"), "privacy.show_notice"),
    (_l("Cookies"), "privacy.show_cookies"),
)


def exists(endpoint: str) -> bool:
    """Whether a view of this name is in the house."""
    return endpoint in current_app.view_functions


def ways() -> list[Way]:
    """The ways into the site that lead somewhere."""
    return [way for way in current_app.extensions["civic"].ways if exists(way.endpoint)]


@lru_cache(64)
def _main(house: House, language: str, root: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The ways in words and addresses, with the rooms in which each is the present one; made once for a language."""
    return [(str(way.label), url_for(way.endpoint), way.rooms) for way in ways()]


@lru_cache(64)
def _foot(house: House, language: str, root: str) -> list[tuple[str, str, str]]:
    """The links of the footer in words, addresses and endpoints; made once for a language."""
    return [(str(label), url_for(endpoint), endpoint) for label, endpoint in FOOTER if exists(endpoint)]


def _here() -> tuple[House, str, str]:
    """What the addresses and words of the frame depend on."""
    return current_app.extensions["civic"], current().code, request.script_root


def navigation() -> list[Link]:
    """The main navigation: (words, address, is the present one)."""
    links = [(words, address, request.blueprint in rooms) for words, address, rooms in _main(*_here())]
    if is_staff():
        here = request.path.split("/")[2:3] == ["staff"]
        links.append((_("Staff"), url_for("home.staff_front"), here))
    return links


def footer_links() -> list[tuple[str, str]]:
    """The links at the foot of every page; a barrier report begins with the page it was met on."""
    # Addresses with a secret in them (a link from a mail) must not be carried anywhere.
    plain = request.endpoint and request.method == "GET" and not {"token", "key", "code"} & set(request.view_args or {})
    ours = request.blueprint == "accessibility" or request.endpoint == "home.front_page"
    carried = WITH_PAGE if plain and not ours else {}
    return [
        (
            words,
            f"{address}?{urlencode({carried[endpoint]: request.path}, safe='/')}" if endpoint in carried else address,
        )
        for words, address, endpoint in _foot(*_here())
    ]


def tasks() -> list[StaffTask]:
    """What the signed-in member of staff may do."""
    return [task for task in current_app.extensions["civic"].staff_tasks if exists(task.endpoint) and task.may()]


def staff_navigation() -> list[Link]:
    """The navigation on pages of staff."""
    there: dict[str, str] = {}
    for task in tasks():
        there.setdefault(url_for(task.endpoint), str(task.label))
    # Of addresses that begin alike (challenges, and tests among them) the longest is where one is.
    here = max((each for each in there if request.path.startswith(each)), key=len, default="")
    first = (_("Overview"), url_for("home.staff_front"), request.endpoint == "home.staff_front")
    return [first, *((label, address, address == here) for address, label in there.items())]
