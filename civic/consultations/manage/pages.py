"""What the pages of staff share: a page with one form, and keeping what was typed there."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from civic.consultations.models import Consultation
from civic.core.errors import saving
from civic.core.forms import Form


def form_page(consultation: Consultation, form: Form, **about: Any) -> str:
    """A page with one form; `about` says heading, action, the words on the button (`act`) and perhaps lede, warning and kind of button."""
    return render_template("consultations/manage/form.html", c=consultation, form=form, **about)


def kept(form: Form, act: Callable[[], object], done: str, target: str) -> ResponseReturnValue | None:
    """Judge the form and act; where both went well, say so and go on; else None, and the form holds why."""
    if not form.validate():
        return None
    with saving(form) as saved:
        act()
    if not saved.ok:
        return None
    flash(done, "success")
    return redirect(target, 303)
