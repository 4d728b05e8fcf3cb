"""What a form for a text does before anything is posted: a preview, or a picture put into the text with words for it."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import saving
from civic.core.markdown import render_markdown
from civic.core.person import me
from civic.discussions.actions.pictures import keep_picture
from civic.discussions.forms.talk import WritingForm

UPLOAD = 9 * 1024 * 1024


def not_yet(form: WritingForm, page: Callable[..., Any]) -> ResponseReturnValue | None:
    """What is answered where nothing is changed yet: a preview, a picture put into the text, or what is wrong."""
    act = request.form.get("act", "post")
    if act == "preview":
        return str(page(preview=render_markdown(form.text.data or "", under=2, pictures=True)))
    if act == "picture":
        return _with_picture(form, page)
    if not form.validate():
        return str(page()), 422
    if form.has_picture:
        form.alt.errors = [_("Put the picture into your text first, or leave both fields empty.")]
        return str(page()), 422
    return None


def _with_picture(form: WritingForm, page: Callable[..., Any]) -> ResponseReturnValue:
    if not form.picture.data:
        form.picture.errors = [_("Choose a picture.")]
        return str(page()), 422
    with saving(form) as saved:
        picture = keep_picture(form.picture.data, alt=plain_alt(form.alt.data or ""), by=me(), now=clock.now())
    if not saved.ok:
        return str(page()), 422
    form.text.data = f"{form.text.data or ''}\n\n{picture.markdown}".strip()
    form.alt.data = ""
    return str(page(added=True))


def plain_alt(text: str) -> str:
    """Words about a picture without the brackets that end them in Markdown."""
    return text.replace("[", "(").replace("]", ")").replace("\\", "/")
