"""A resident reads, is asked to sign in only when posting, talks, supports; City Hall answers; moderators keep order."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.db import db
from civic.discussions.models import Comment, Thread, ThreadRead, Topic
from tests.crowdfund.pictures import jpeg
from tests.make_accounts import PASSWORD
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def square(app: Flask, shared: Flask, make: Any) -> Topic:
    """A topic with a discussion in three languages, a long name and a long word in it, and a list of ideas."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        topic = make.topic(title="Clean air and green spaces", slug="air")
        joe, zofia = make.settled_member(name="Joe"), make.settled_member(name="Zofia Konstantynopolitańczykiewiczówna")
        talk = make.thread(topic, title="Should the school street stay?", text="It began in **September**.", by=joe)
        first = make.comment(talk, text="Mieszkam naprzeciwko i wreszcie śpię.", language="pl", by=zofia)
        make.comment(talk, text="هواء أنظف", language="ar", answers=first, quotes=1)
        make.comment(talk, text=f"See https://example.com/{'long' * 30}", shown="folded")
        ideas = make.thread(topic, kind="ideas", title="What should the corner be like?")
        make.idea(ideas, title="Six lime trees")
        db.session.commit()
    return topic


def in_hand(person: Person, app: Flask, make: Any, user: Any) -> Person:
    sign_in_browser(person, app, make, user)
    return person


def test_a_resident_writes_first_and_signs_in_later_on_a_phone(
    browse: Callable[..., Person], app: Flask, make: Any, square: Topic
):
    member = make.settled_member(name="Amina Yusuf")
    db.session.commit()
    amina = browse(phone=True, script=False)
    amina.visit("/en/discussions").look_closely().click("Clean air and green spaces").look_closely()
    amina.click("Should the school street stay?").look_closely().click("Write a comment").look_closely()
    amina.fill("Your comment", "My children walk to school alone now.").click("Post my comment").sees(
        "Your words are kept"
    )
    amina.fill("Email address", member.email).fill("Password", PASSWORD).click("Sign in")
    amina.sees("Nobody has seen it yet").look_closely()
    amina.click("See how it will look").sees("It is not posted yet").look_closely()
    amina.click("Post my comment").sees("Your words are on the page.").look_closely()
    assert db.session.scalars(select(Comment).order_by(Comment.id.desc())).first().text.startswith("My children")


def test_a_member_supports_answers_and_shows_a_picture(
    browse: Callable[..., Person], app: Flask, make: Any, square: Topic
):
    amina = in_hand(browse(), app, make, make.settled_member(name="Amina Yusuf"))
    amina.visit("/en/discussions/air").click("Should the school street stay?").look_closely()
    amina.click("Support 0 Comment 1").sees("You support this")
    amina.click("Answer this Comment 1").look_closely().refused("Post my answer").look_closely()
    amina.fill("Your answer", "The corner looks like this now.")
    amina.page.get_by_text("Add a picture").click()
    amina.upload("Picture", "corner.jpg", jpeg((900, 600)).getvalue(), "image/jpeg")
    amina.fill("Describe the picture", "Children draw with chalk on an empty street.")
    amina.click("Put the picture into my text").sees("The picture is in your text").look_closely()
    amina.click("Post my answer").sees("Your words are on the page.").look_closely()
    amina.visit("/en/account/discussions").look_closely()
    db.session.rollback()
    assert db.session.scalars(select(ThreadRead)).first() is not None, "the page says by itself how far it was read"


def test_city_hall_answers_decides_and_keeps_order(browse: Callable[..., Person], app: Flask, make: Any, square: Topic):
    odette = in_hand(browse(), app, make, make.staff("researcher", "moderator", name="Odette Mensah"))
    odette.visit("/en/staff/discussions").look_closely().click("Should the school street stay?").look_closely()
    odette.click("Write it").look_closely().refused("Post the official answer").look_closely()
    odette.fill("The official answer", "It stays until **Easter**.").fill("Your role", "Head of Streets")
    odette.click("Post the official answer").sees("Head of Streets").look_closely()
    odette.visit("/en/staff/discussions").click("What should the corner be like?").look_closely()
    odette.click("Six lime trees").look_closely().choose("Shortlist it").fill("Why?", "Many want shade.")
    odette.fill("Your role", "Head of Parks").click("Tell everybody").sees("Many want shade.").look_closely()
    odette.visit("/en/discussions/search?words=trees").look_closely()
    number = db.session.scalars(select(Thread.id).where(Thread.kind == "discussion")).one()
    odette.visit(f"/en/staff/discussions/threads/{number}/lock").look_closely()
    odette.fill("Reason", "It was decided on Monday.").click("Take no more comments")
    browse().visit(f"/en/discussions/air/{number}").sees("It was decided on Monday.").look_closely()
    browse(color_scheme="dark").visit(f"/ar/discussions/air/{number}").look_closely()


def test_a_moderator_lets_words_be_read_and_takes_others_away(
    browse: Callable[..., Person], app: Flask, make: Any, square: Topic
):
    square.waits = True
    db.session.commit()
    amina = in_hand(browse(phone=True), app, make, make.settled_member(name="Amina Yusuf"))
    amina.visit("/en/discussions/air").click("Should the school street stay?").click("Write a comment")
    amina.fill("Your comment", "Whoever drives here is an idiot.").click("Post my comment")
    amina.sees("Only you can see this so far").look_closely()
    number = db.session.scalars(select(Thread.id).where(Thread.kind == "discussion")).one()
    reader = browse().visit(f"/en/discussions/air/{number}").sees("This waits for a moderator.").look_closely()
    assert "idiot" not in reader.text

    ann = in_hand(browse(), app, make, make.staff("moderator", name="Ann"))
    ann.visit("/en/staff/moderation?show=waiting").click("Should the school street stay?").look_closely()
    ann.choose("Remove it").select("House rule that it breaks", "Abuse, threats or bullying")
    ann.fill("Reason in plain words", "It insults people.").click("Decide").sees("Decided.")
    reader.visit(f"/en/discussions/air/{number}").sees(
        "The house rule it broke: Abuse, threats or bullying"
    ).look_closely()

    amina.visit(f"/en/discussions/air/{number}").sees("Why, and what you can do").look_closely()
    amina.click("Change Comment 4").look_closely().fill("Your comment", "Drivers, please slow down.")
    amina.click("Save the change").sees("A moderator reads it before others see it").look_closely()
    ann.visit("/en/staff/moderation?show=waiting").click("Should the school street stay?").look_closely()
    ann.choose("Keep it").fill("Reason in plain words", "Thank you for changing it.").click("Decide").sees("Decided.")
    reader.visit(f"/en/discussions/air/{number}").sees("Drivers, please slow down.").look_closely()
