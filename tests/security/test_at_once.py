"""Case 9 and its like: eight readers, or one in eight windows, press the same button at the same moment; nothing breaks, once is once."""

from typing import Any

import sqlalchemy as sa

from civic.core.db import db
from civic.surveys.models.response import Draft, Participation, Response
from tests.accounts.helpers import at_once
from tests.house.routes import rules
from tests.make_accounts import PASSWORD
from tests.support.client import PageClient

WINDOWS = 8
FIELDS: dict[str, dict[str, Any]] = {
    "accounts.save_profile": {"display_name": "One Name", "borough": "E09000012"},
    "accounts.save_language": {"language": "pl"},
    "accounts.save_password": {"current_password": PASSWORD, "password": "heron-beside-brockley-cutting"},
    "accounts.begin_email_change": {"current_password": PASSWORD, "email": "new@example.org"},
    "accounts.start_equality": {"answer": "yes"},
    "accounts.answer_equality": {"answer": "christian"},
    "accounts.create_organisation": {
        "name": "Friends of the Lea",
        "kind": "registered_charity",
        "registration_number": "1100001",
    },
    "accounts.save_organisation": {
        "name": "Friends of the Brent",
        "kind": "registered_charity",
        "registration_number": "1100002",
        "governance": "Five trustees.",
    },
    "accounts.invite_member": {"email": "friend@example.org", "role": "editor"},
    "accounts.begin_session": {"email": "at.once@example.org", "password": PASSWORD},
    "accounts.send_link": {"email": "at.once@example.org"},
    "accounts.send_reset_link": {"email": "at.once@example.org"},
    "accounts.begin_sign_up": {"email": "brand.new@example.org", "password": PASSWORD},
    "accessibility.report_barrier": {"happened": "A trap", "contact_by": "email", "email": "reader@example.org"},
    "accessibility.save_preferences": {"language": "en"},
    "surveys.keep_page": {"cycles": "no"},
    "surveys.mail_draft_link": {"email": "reader@example.org"},
    "surveys.act_on_response": {"act": "change", "code": ""},
}
LAST = (
    "accounts.delete_equality",
    "surveys.delete_draft",
    "accounts.remove_member",
    "accounts.sign_out_others",
    "accounts.sign_out_device",
    "accounts.sign_out",
)


def windows(app: Any, sign_in: Any) -> list[PageClient]:
    """Eight windows of one reader: the same cookie in each."""
    first = PageClient(app, checked=False)
    sign_in(first)
    first.token()
    with first.client.session_transaction() as cookie:
        kept = dict(cookie)
    several = [PageClient(app, checked=False) for _ in range(WINDOWS)]
    for each in several:
        with each.client.session_transaction() as cookie:
            cookie.update(kept)
    return several


def press(clients: list[PageClient], path: str, data: dict[str, Any]) -> list[Any]:
    """The same form from every window at once: the statuses, or what went wrong."""
    ready = [{"csrf_token": client.token(), **data} for client in clients]

    def one(i: int) -> Any:
        try:
            return clients[i].post(path, ready[i], token=False).status
        except Exception as error:
            return f"{type(error).__name__}: {str(error)[:150]}"

    return at_once(len(clients), one)


def test_eight_windows_at_once_break_no_form_of_a_visitor_or_member(shared, make):
    known = {
        "slug": make.survey(slug="at-once").slug,
        "key": "streets",
        "question": "religion",
        "role": "editor",
        "token": "none",
    }
    member = make.member(email="at.once@example.org")
    known["organisation_id"] = make.organisation(owner=member).id
    db.session.commit()
    posts = [rule for rule in rules(shared, "POST") if "/staff" not in rule.rule]
    posts.sort(
        key=lambda rule: (
            LAST.index(rule.endpoint) + 1 if rule.endpoint in LAST else 0,
            rule.endpoint != "accounts.start_equality",
        )
    )
    broken = []
    for is_member in (False, True):
        clients = windows(shared, lambda client: make.sign_in(client, member) if is_member else None)  # noqa: B023 - used at once
        for rule in posts:
            if not is_member and rule.rule.startswith("/<lang:lang>/account"):
                continue
            values = {"lang": "en"} | {name: known.get(name, 1) for name in rule.arguments - {"lang"}}
            statuses = press(clients, rule.build(values, append_unknown=False)[1], FIELDS.get(rule.endpoint, {}))
            if any(isinstance(status, str) or status >= 500 for status in statuses):
                broken.append(f"{rule.endpoint} ({'member' if is_member else 'visitor'}): {statuses}")
    assert not broken, "\n".join(broken)


def test_a_member_in_eight_windows_votes_once(shared, make):
    survey, member = make.survey(slug="once"), make.member()
    db.session.commit()
    clients = windows(shared, lambda client: make.sign_in(client, member))
    assert set(press(clients, "/en/surveys/once/answers/streets", {"cycles": "yes"})) <= {303, 409}
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 1
    clients[0].post("/en/surveys/once/answers/cycling", {"miles": "3"})
    statuses = press(clients, "/en/surveys/once/responses", {})
    assert set(statuses) <= {303, 409, 410}, statuses
    db.session.rollback()
    for table in (Response, Participation):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 1
    assert survey.slug == "once"
