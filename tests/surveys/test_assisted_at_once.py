"""Many typists at one form in the same moment: real threads, really committed."""

from threading import Barrier, Thread

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.surveys.assisted import queries
from civic.surveys.assisted.actions import typing
from civic.surveys.assisted.models import AssistedForm
from civic.surveys.models.response import Response
from tests.make_surveys import FULL_ANSWERS

AT_ONCE = 8


def test_second_typists_at_once_make_one_response(app, shared, make, now):
    """Real threads: whoever comes first is the second reader, everybody else is told that it has moved on."""
    with app.test_request_context("/en/", method="POST"):
        batch = make.paper_batch(make.survey())
        _on, form = make.typed(batch, 1, FULL_ANSWERS)
        people = [make.staff("assistant").id for _ in range(AT_ONCE)]
        batch_id, form_id = batch.id, form.id
        db.session.commit()
    barrier, outcomes = Barrier(len(people)), []

    def work(person_id: int) -> None:
        with app.test_request_context("/en/", method="POST"):
            barrier.wait()
            try:
                with transaction():
                    on = queries.numbered_form(batch_id, 1)
                    found = typing.form_of(on, now=now)
                    by = db.session.get(User, person_id)
                    outcomes.append(typing.type_in(on, found, FULL_ANSWERS, person=None, by=by, now=now))
            except CivicError as refused:
                outcomes.append(type(refused).__name__)

    threads = [Thread(target=work, args=(person_id,)) for person_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["IllegalMove"] * (AT_ONCE - 1) + ["sent"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Response)) == 1
        assert db.session.get(AssistedForm, form_id).typed == 2
