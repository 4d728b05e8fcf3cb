"""Case 40: logs and jobs hold no address, token, code or answer, and nobody writes lines of their own into them."""

import json
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.mail import deliver

EMAIL, ANSWER, PASSWORD, NAME = (
    "margaret.o-dowd@example.org",
    "my landlord in SE8 4RT",
    "kestrel-over-deptford-creek",
    "Margaret Dowd",
)
PRIVATE = (EMAIL, "margaret", "SE8", "landlord", PASSWORD, NAME)


def test_a_log_line_holds_nothing_of_a_person(arrive, make, lines, outbox):
    survey, client = make.survey(), arrive("visitor")
    client.get(f"/en/staff/people?q={EMAIL}")
    for path in ("sign-up", "sign-in", "sign-in/link", "password/forgotten"):
        client.post(f"/en/{path}", {"email": EMAIL, "password": PASSWORD, "next": f"/en/?name={NAME}"})
    tokens = [
        part.rsplit("/", 1)[1] for message in outbox() for part in message.text.split() if part.startswith("http")
    ]
    for token in tokens:
        client.get(f"/en/sign-up/{token}")
        client.get(f"/en/sign-in/link/{token}")
    for _ in range(2):
        client.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "no", "why_not": ANSWER})
    client.post(f"/en/surveys/{survey.slug}/responses")
    with client.client.session_transaction() as cookie:
        secrets = [*(code for _slug, code, _holder in cookie.get("receipts", [])), cookie["csrf_token"]]
    client.post("/en/barrier-reports", {"happened": ANSWER, "contact_by": "email", "email": EMAIL, "page": NAME})
    whole = "\n".join(lines())
    assert whole.count("\n") > 8 and all(json.loads(line)["event"] == "request" for line in lines())
    assert not [word for word in (*PRIVATE, *(t for t in tokens if len(t) > 20), *secrets) if word in whole]


def test_nobody_writes_a_log_line_of_their_own(arrive, lines):
    client = arrive("visitor")
    forged = '\r\n{"event": "request", "status": 200, "forged": true}'
    for path in (f"/en/{quote(forged)}", f"/en/surveys/{quote(forged, safe='')}", f"/en/surveys?at={quote(forged)}"):
        client.get(path, headers={"User-Agent": "x\tforged", "Referer": "forged"})
    client.open("FORGED", "/en/")
    for line in lines():
        told = json.loads(line)
        assert "forged" not in told and "forged" not in line


@pytest.mark.parametrize("accident", ("a plain one", "one of the database", "a wrapped one"))
def test_an_accident_is_logged_without_its_words(app, arrive, make, lines, monkeypatch, accident):
    def fail(*args: Any, **more: Any) -> None:
        if accident == "a plain one":
            raise RuntimeError(f"{EMAIL} said {ANSWER}")
        try:
            db.session.execute(
                sa.text("insert into outgoing_message (to_address, subject) values (:to, :said)"),
                {"to": EMAIL, "said": ANSWER},
            )
        except sa.exc.SQLAlchemyError as error:
            if accident == "a wrapped one":
                raise ValueError(f"{NAME}: {error}") from error
            raise

    monkeypatch.setattr("civic.accessibility.actions.report_barrier", fail)
    page = arrive("visitor").post("/en/barrier-reports", {"happened": ANSWER, "contact_by": "nothing"})
    assert page.status == 500
    surprise = next(json.loads(line) for line in lines() if "surprise" in line)
    assert page.headers["X-Request-Id"] == surprise["request_id"] and any(
        "report_barrier" in at for at in surprise["exception"][0]["at"]
    )
    assert not [word for word in PRIVATE if word in "\n".join(lines()) or word in page.html]


def test_a_job_holds_numbers_and_no_person(db_session, make):
    with db.session.begin_nested():
        enqueue(deliver, message_id=7)
    from civic.core import jobs

    for task in jobs.queue.tasks.values():
        code = getattr(task.func, "__wrapped__", task.func).__code__
        told = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
        assert not {"email", "to", "token", "address", "answers", "password"} & told, task.name
    for row in db.session.execute(sa.text("SELECT args FROM procrastinate_jobs")).scalars():
        assert all(isinstance(value, int) for value in (json.loads(row) if isinstance(row, str) else row).values())
