"""A resident suggests a translation, a translator takes it, readers read it; the original moves on and everybody is told."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
ARABIC = "أي الشوارع تأتي أولا، وما الذي يُزرع فيها (مثل ULEZ و 20 شجرة)."
POLISH = "Gdzie najpierw drzewa, woda i cień."


@pytest.fixture
def hall(app: Flask, shared: Flask, make: Any) -> dict[str, Any]:
    """A consultation in English with one part in Arabic, and the people."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        asked = make.consultation(slug="heat")
        make.translation(asked, "can_change", ARABIC, language="ar")
        make.translation(asked, "question", "Co Londyn powinien zrobić z upałem?")
        make.term("shade", "cień", is_locked=True)
        people = {"amina": make.settled_member(name="Amina Yusuf"), "zofia": make.translator()}
        db.session.commit()
    return people | {"asked": asked}


def test_from_a_residents_suggestion_to_what_readers_read(
    browse: Callable[..., Person], app: Flask, make: Any, hall: dict[str, Any]
):
    amina = browse(phone=True, script=False)
    sign_in_browser(amina, app, make, hall["amina"])
    amina.visit("/ar/consultations/heat").look_closely()
    amina.visit(f"/en/translations/consultation:{hall['asked'].id}/pl").look_closely()
    amina.click("Translate it Summary").look_closely()
    amina.fill("Your translation", "Gdzie najpierw drzewa i woda.").refused("Suggest this translation")
    amina.sees("the glossary has locked it").look_closely()
    amina.fill("Your translation", POLISH).click("Suggest this translation").sees("Somebody else looks at it")
    amina.look_closely().visit("/en/translations/mine").look_closely()

    zofia = browse()
    sign_in_browser(zofia, app, make, hall["zofia"])
    zofia.visit("/en/staff/translations").look_closely().click("1 suggestion waits").look_closely()
    zofia.click("What should London do against the heat 1?").look_closely()
    zofia.choose("Take it: readers see it from now on").click("Record it").sees("Recorded.")

    reader = browse(phone=True)
    reader.visit("/pl/consultations/heat").sees(POLISH).look_closely()
    reader.visit("/pl/translations").look_closely()
    reader.visit(f"/ar/translations/consultation:{hall['asked'].id}/ar").sees("ULEZ").look_closely()

    hall["asked"].summary = "Where trees, benches and shade come first."
    db.session.merge(hall["asked"])
    db.session.commit()
    zofia.visit(f"/en/staff/translations/consultation:{hall['asked'].id}/pl").sees("Out of date").look_closely()
    zofia.visit(f"/ar/staff/translations/consultation:{hall['asked'].id}/ar").look_closely()
    zofia.visit("/en/staff/translations/glossary").look_closely().visit("/en/staff/translations/files").look_closely()
