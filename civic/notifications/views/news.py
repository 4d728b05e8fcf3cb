"""A person's own news: what they were told, how they wish to hear of it, and what they want to hear nothing of."""

from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.manifest import Notice
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.notifications import actions, queries, rules
from civic.notifications.drawing import drawn, words_for
from civic.notifications.forms import ChoicesForm, choices_form, chosen, field_name
from civic.notifications.views import bp


@bp.get("/account/notifications")
@allowed(is_signed_in)
def list_news() -> ResponseReturnValue:
    """What one was told, newest first."""
    person = me()
    page = queries.news_of(person.id, request.args.get("at"))
    return render_template(
        "notifications/list_news.html",
        page=page,
        news=drawn(page.items),
        silenced={each.about for each in queries.silences_of(person.id)},
        standing=queries.standing_of(person),
    )


@bp.post("/account/notifications/read")
@allowed(is_signed_in)
def mark_read() -> ResponseReturnValue:
    """Note that everything up to the newest on the page was seen."""
    newest = request.form.get("up_to", "")
    if newest.isdecimal() and len(newest) < 16:
        with transaction():
            actions.mark_read(me().id, up_to=int(newest), now=clock.now())
    return see_other("notifications.list_news")


@bp.post("/account/notifications/<int:notification_id>/silence")
@allowed(is_signed_in, on=queries.my_news)
def silence_thing(news: Any) -> ResponseReturnValue:
    """Hear nothing more of what this news is about."""
    with transaction():
        actions.silence(me().id, news.about, notice=news.notice, facts=news.facts, now=clock.now())
    flash(_("You hear no more of this. You can change that under “Choose what you hear of”."), "success")
    return see_other("notifications.list_news")


@bp.post("/account/notifications/silences/end")
@allowed(is_signed_in)
def end_silence() -> ResponseReturnValue:
    """Hear of a thing again."""
    with transaction():
        actions.end_silence(me().id, request.form.get("about", "")[:200].replace("\x00", ""))
    flash(_("You hear of it again from now on."), "success")
    return see_other("notifications.show_choices")


@bp.get("/account/notifications/choices")
@allowed(is_signed_in)
def show_choices() -> ResponseReturnValue:
    """How one wishes to hear of each kind of news."""
    person_id, kinds = me().id, free_notices()
    standing = chosen(kinds, queries.paces_of(person_id), queries.wishes_of(person_id))
    return _choices(choices_form(kinds, formdata=None, data=standing))


@bp.post("/account/notifications/choices")
@allowed(is_signed_in)
def save_choices() -> ResponseReturnValue:
    """Keep the choices."""
    kinds = free_notices()
    form = choices_form(kinds)
    if form.validate():
        with saving(form) as saved:
            actions.choose(me().id, form.paces(kinds), form.wishes)
        if saved.ok:
            flash(_("Your choices are saved. They hold from now on."), "success")
            return see_other("notifications.show_choices")
    return _choices(form), 422


def free_notices() -> list[Notice]:
    """The kinds of news about which a person has a choice."""
    return [notice for notice in queries.notices().values() if not notice.owed]


def standing() -> queries.Standing | None:
    """How it stands between the person here and their news, for the account page."""
    person = maybe_me()
    return queries.standing_of(person) if person else None


def _choices(form: ChoicesForm) -> str:
    kinds = free_notices()
    silences = [(each, words_for(each.notice, each.facts)) for each in queries.silences_of(me().id)]
    return render_template(
        "notifications/show_choices.html",
        form=form,
        took_part=[form[field_name(each)] for each in kinds if each.took_part],
        followed=[form[field_name(each)] for each in kinds if not each.took_part],
        owed=[each.label for each in queries.notices().values() if each.owed],
        silences=silences,
        most=current_app.config["NOTICES_A_DAY"],
        next_weekly=rules.next_weekly(clock.now(), *current_app.config["WEEKLY_LETTER"]),
    )
