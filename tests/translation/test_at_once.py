"""The same moment: two approvals, many editors, suggestions of one person; one translation stands, and nobody waits in a circle."""

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.translation.actions import suggesting, writing
from civic.translation.actions.writing import Place
from civic.translation.checks import unsound_translations
from civic.translation.models import Translation
from civic.translation.rules.comparing import mark_of
from tests.discussions.test_at_once import done_at_once

WORDS = ("Drzewa i cień.", "Gdzie latem bywa najgoręcej, tam zaczynamy.", "Woda, a potem cała reszta planu dla miasta.")


@pytest.fixture
def hall(app, shared, make):
    """A consultation, three suggestions of one text, and people; all committed."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        asked = make.consultation()
        made = [make.suggestion(asked, "summary", words) for words in WORDS]
        source = make.source(f"consultation:{asked.id}", "summary")
        staff = [make.staff("translator") for _ in range(8)]
        db.session.commit()
    return asked, made, source, staff


def standing():
    db.session.rollback()
    query = select(func.count()).where(Translation.status == "approved")
    return db.session.scalar(query)


def test_two_approvals_of_one_suggestion_are_one(app, hall, now):
    _asked, made, source, staff = hall
    came_to = done_at_once(app, 8, lambda n: suggesting.approve(made[0], source, by=staff[n], now=now))
    assert sorted(came_to) == ["IllegalMove"] * 7 + ["done"]
    assert standing() == 1 and list(unsound_translations()) == []


def test_three_suggestions_approved_at_once_leave_one_standing_and_two_in_its_history(app, hall, now):
    _asked, made, source, staff = hall
    came_to = done_at_once(app, 3, lambda n: suggesting.approve(made[n], source, by=staff[n], now=now))
    assert came_to == ["done"] * 3 and standing() == 1
    states = sorted(db.session.scalars(select(Translation.status)))
    assert states == ["approved", "replaced", "replaced"]


def test_of_many_editors_who_saw_the_same_page_one_publishes(app, hall, now):
    asked, _made, source, staff = hall
    place = Place(f"consultation:{asked.id}", "summary", "pl")

    def act(n):
        writing.publish(place, f"Wersja {n}", source, by=staff[n % 8], now=now, seen=mark_of(""))

    came_to = done_at_once(app, 20, act)
    assert came_to.count("done") == 1 and set(came_to) == {"done", "ChangedMeanwhile"}
    assert standing() == 1


def test_editors_of_several_texts_in_different_orders_do_not_wait_in_a_circle(app, hall, now):
    asked, _made, source, staff = hall
    places = [Place(f"consultation:{asked.id}", field, "pl") for field in ("question", "summary")]

    def act(n):
        for place in places:
            writing.publish(place, f"Wersja {n}", source, by=staff[n % 8], now=now)

    assert done_at_once(app, 16, act) == ["done"] * 16
    assert standing() == 2
