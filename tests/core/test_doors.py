"""Doors: nothing without one; and what each says to whom."""

import pytest
from flask import Flask

from civic.core.doors import allowed, anyone, check_every_view_has_a_door, says_yes
from civic.core.errors import Forbidden, NotFound


def test_a_view_without_a_door_stops_the_start():
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/", "bare", lambda: "open to all by accident")
    with pytest.raises(RuntimeError, match="bare"):
        check_every_view_has_a_door(app)


def test_the_finder_takes_its_parts_and_the_view_the_rest(in_request):
    @allowed(lambda thing: thing == "THING", on=lambda slug: slug.upper())
    def view(thing, page):
        return thing, page

    assert view(slug="thing", page=3) == ("THING", 3)
    with pytest.raises(Forbidden):
        view(slug="other", page=3)


def test_what_is_not_found_and_what_is_hidden_look_the_same(in_request):
    @allowed(anyone, on=lambda slug: None)
    def missing(thing):
        return ""

    @allowed(lambda thing: False, on=lambda slug: slug, hide=True)
    def hidden(thing):
        return ""

    refusals = []
    for view in (missing, hidden):
        with pytest.raises(NotFound) as refused:
            view(slug="x")
        refusals.append((refused.value.status, str(refused.value.sentence)))
    assert refusals[0] == refusals[1]


def test_a_rule_about_the_person_alone_is_asked_without_a_thing():
    assert says_yes(lambda: True, "thing")
    assert says_yes(lambda thing: thing == "thing", "thing")
