"""`with saving(form)`: what is refused inside, or by the database at the commit, becomes an error of the form."""

import pytest
from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError, Forbidden, saving
from civic.core.forms import Form, TextField


class NameForm(Form):
    name = TextField()


class NameTaken(CivicError):
    sentence, status, field = _l("That could not be done."), 422, "name"


def test_a_refusal_inside_stands_at_its_field(in_request):
    form = NameForm()
    with saving(form) as saved:
        raise NameTaken()
    assert not saved.ok
    assert [str(each) for each in form.name.errors] == ["That could not be done."]


def test_nothing_refused_is_kept(in_request):
    form = NameForm()
    with saving(form) as saved:
        pass
    assert saved.ok
    assert not form.errors


@pytest.mark.parametrize("error", [Forbidden(), ZeroDivisionError()])
def test_a_closed_door_and_a_surprise_pass_through(in_request, error):
    with pytest.raises(type(error)), saving(NameForm()):
        raise error
