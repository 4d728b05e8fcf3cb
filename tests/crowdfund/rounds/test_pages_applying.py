"""Applying: begun, written in steps by several people, checked, sent, taken back, given up; what was typed is never lost."""

import io
from datetime import timedelta

import pytest

from civic.accounts.models import OrganisationMember
from civic.core.db import db
from civic.crowdfund.rounds.actions import applying, judging
from civic.crowdfund.rounds.models import Application
from tests.crowdfund.rounds.town import again


def new(town):
    return f"/en/rounds/{town.round.slug}/applications/new"


@pytest.fixture
def owner(clocked, make):
    return make.member(name="Ada Owner")


@pytest.fixture
def campaign(clocked, owner):
    return clocked.campaign(owner=owner, title="A roof for the market")


def latest():
    return db.session.query(Application).order_by(Application.id.desc()).first()


def begun(client, town, campaign, who=None):
    client.get(new(town))
    client.submit("Start writing", who=who or f"campaign:{campaign.id}")
    return client.follow()


def fill_money(client, application, **more):
    client.get(f"/en/applications/{application.id}/edit/money")
    tier = str(application.round_id and again(application).round.tiers[1].id)
    values = {"tier": tier, "capital": "10000", "revenue": "", "turnover": ""} | more
    return client.submit("Save and go on", **values)


def test_from_the_round_to_the_receipt(clocked, arrive, owner, campaign, outbox):
    client = arrive(owner)
    client.get(f"/en/rounds/{clocked.round.slug}")
    client.click("Apply")
    assert "A roof for the market" in client.last.text
    client.submit("Start writing", who=f"campaign:{campaign.id}")
    page = client.follow()
    assert "0 of 3 steps are done." in page.text
    application = latest()
    assert fill_money(client, application).location.endswith("/edit/public")
    client.follow()
    client.submit("Save and go on", {f"answer_{question(application, 'difference').id}": "Neighbours will meet."})
    assert client.follow().h1 == "Questions for the assessors"
    client.submit("Save and go on", {f"answer_{question(application, 'bank').id}": "yes"})
    page = client.follow()
    assert "3 of 3 steps are done." in page.text and "All hold" in page.text
    client.click("Conditions of the round")
    assert "Every condition holds." in client.last.text
    client.click("Read it through")
    assert "Neighbours will meet." in client.last.text
    client.click("Go on to sending")
    assert "You apply to Make London for £10,000, all of it capital." in client.last.text
    assert "It is sealed until 3 December 2026, 11:59pm" in client.last.text
    assert client.submit("Send my application").status == 422
    assert "Confirm that what you say is true." in client.last.text
    client.submit("Send my application", {"allowed": True, "true": True})
    page = client.follow()
    assert page.h1 == "Your application is in" and "The pledges are announced on 13 December 2026." in page.text
    assert [each.name for each in outbox()] == ["crowdfund/application_received"]
    assert "You ask for £10,000." in outbox()[0].text


def question(application, key):
    return next(each for each in again(application).round.questions if each.key == key)


def test_a_visitor_signs_in_first_and_somebody_unconfirmed_is_refused(clocked, arrive, make):
    assert "/sign-in" in arrive().get(new(clocked)).location
    nobody = make.member()
    nobody.email_confirmed_at = None
    for path in (new(clocked), "/en/applications", new(clocked).replace("applications", "expressions")):
        assert arrive(nobody).get(path).status == 403


def test_an_editor_of_the_organisation_writes_too_and_nobody_else_learns_of_it(clocked, arrive, make, owner, campaign):
    draft = clocked.application(campaign, by=owner)
    editor = make.member()
    db.session.add(
        OrganisationMember(
            organisation_id=campaign.organisation_id, user_id=editor.id, role="editor", joined_at=make.now
        )
    )
    assert arrive(editor).get(f"/en/applications/{draft.id}").status == 200
    stranger, other = make.member(), make.member()
    make.organisation(owner=other)
    for person in (stranger, other, clocked.officer, clocked.administrator):
        client = arrive(person)
        for path in ("", "/edit/money", "/conditions", "/answers", "/submission", "/withdrawal", "/receipt", "/letter"):
            assert client.get(f"/en/applications/{draft.id}{path}").status == 404, path
        for path in ("/edit/money", "/submission", "/recall", "/withdrawal"):
            assert client.post(f"/en/applications/{draft.id}{path}", {"why": "x"}).status == 404, path


def test_one_begins_only_with_what_fits(clocked, arrive, make, owner, campaign):
    late = clocked.campaign(owner=owner, closes_at=clocked.now + timedelta(days=61), organisation=campaign.organisation)
    used = clocked.campaign(organisation=campaign.organisation)
    clocked.application(used)
    page = arrive(owner).get(new(clocked))
    choices = next(form for form in page.forms if "who" in form.names).choices("who")
    assert choices == {f"campaign:{campaign.id}", f"organisation:{campaign.organisation_id}", "me"}
    client = arrive(make.member())
    client.get(new(clocked))
    for forged in (
        f"campaign:{campaign.id}",
        f"organisation:{campaign.organisation_id}",
        f"campaign:{late.id}",
        "x",
        "",
    ):
        page = client.post(new(clocked), {"who": forged})
        assert page.status == 422 and "Choose what you apply with." in page.text


def test_who_has_nothing_that_fits_is_told_what_to_do(clocked, arrive, make):
    from civic.crowdfund.rounds.models import RoundTier

    db.session.query(RoundTier).filter_by(round_id=clocked.round.id).update({"needs_target": True})
    page = arrive(make.member()).get(new(clocked))
    assert "none of yours fits" in page.text and page.link("Start a campaign")
    assert arrive(make.member()).post(new(clocked), {"who": "me"}).status == 422


def test_a_draft_may_be_half_done_and_says_what_is_missing(clocked, arrive, owner, campaign):
    client = arrive(owner)
    page = begun(client, clocked, campaign)
    application = latest()
    assert "To do" in page.text
    assert fill_money(client, application, capital="").status == 303
    page = client.get(f"/en/applications/{application.id}/submission")
    assert page.h1 == "Some things are still missing"
    assert page.link("Say how much you ask for").href.endswith("/edit/money")
    assert page.link("Answer: What difference will it make?").href.endswith("/edit/public")
    assert client.post(f"/en/applications/{application.id}/submission", {"allowed": "y", "true": "y"}).status == 422
    assert latest().status == "draft"


def test_words_are_counted_and_too_many_are_kept_but_not_sent(clocked, arrive, owner, campaign):
    draft = clocked.application(campaign, by=owner, answers={"difference": "one two", "bank": "yes"})
    client = arrive(owner)
    page = client.get(f"/en/applications/{draft.id}/edit/public")
    assert "You have used 2 of 50 words." in page.text
    client.submit("Save and go to the list", {f"answer_{question(draft, 'difference').id}": "word " * 62})
    page = client.follow()
    assert "Shorten your answer to 50 words: What difference will it make?" in page.text
    page = client.get(f"/en/applications/{draft.id}/edit/public")
    assert "You have used 62 of 50 words. Take some out before you send it." in page.text


def test_sums_that_cannot_be_read_stay_as_they_were_typed(clocked, arrive, owner, campaign):
    begun(client := arrive(owner), clocked, campaign)
    page = fill_money(client, latest(), capital="ten thousand")
    assert page.status == 422 and "Enter an amount in pounds" in page.text
    assert page.forms[-1].values()["capital"] == ["ten thousand"] or "ten thousand" in page.html


def test_two_people_do_not_overwrite_each_other_and_see_both_versions(clocked, arrive, make, owner, campaign):
    draft = clocked.application(campaign, by=owner)
    other = make.member(name="Bea Editor")
    db.session.add(
        OrganisationMember(
            organisation_id=campaign.organisation_id, user_id=other.id, role="editor", joined_at=make.now
        )
    )
    path, name = f"/en/applications/{draft.id}/edit/public", f"answer_{question(draft, 'difference').id}"
    first, second = arrive(owner), arrive(other)
    first.get(path)
    second.get(path)
    assert second.submit("Save and go to the list", {name: "Words of Bea."}).status == 303
    page = first.submit("Save and go to the list", {name: "Words of Ada."})
    assert page.status == 409
    assert "Somebody else changed this step while you were typing." in page.text
    assert "Words of Ada." in page.html and "Words of Bea." in page.text
    assert "Changed last by Bea Editor" in page.text
    assert first.submit("Save and go to the list", {name: "Words of Ada."}).status == 303
    assert latest().answers["difference"] == "Words of Ada."


def test_money_and_letter_are_not_overwritten_either(clocked, arrive, make):
    person = make.member()
    draft = clocked.application(None, capital=1_000_00, tier=0, by=person)
    one, two = arrive(person), arrive(person)
    for step, typed in (("money", {"capital": "2000"}), ("project", {"title": "Another bench"})):
        path = f"/en/applications/{draft.id}/edit/{step}"
        one.get(path)
        two.get(path)
        assert two.submit("Save and go to the list", typed).status == 303
        page = one.submit("Save and go to the list", typed)
        assert page.status == 409 and "How it stands now" in page.text
    path = f"/en/applications/{draft.id}/edit/referee"
    one.get(path)
    two.get(path)
    pdf = lambda: [(io.BytesIO(b"%PDF-1.4 letter"), "letter.pdf")]  # noqa: E731
    assert two.submit("Save and go to the list", referee="Rosa", letter=pdf()).status == 303
    page = one.submit("Save and go to the list", referee="Somebody else", letter=pdf())
    assert page.status == 409 and "Somebody else" in page.html
    assert latest().referee == "Rosa"


def test_somebody_alone_brings_a_letter_and_can_replace_it(clocked, arrive, make):
    person = make.member()
    client = arrive(person)
    begun(client, clocked, None, who="me")
    draft = latest()
    assert draft.person_id == person.id and draft.organisation_id is None
    path = f"/en/applications/{draft.id}/edit/referee"
    client.get(path)
    page = client.submit("Save and go to the list", referee="Rosa Okafor, chair of the residents")
    assert page.status == 422 and "Choose the letter." in page.text
    page = client.submit("Save and go to the list", letter=[(io.BytesIO(b"MZ not a letter"), "letter.pdf")])
    assert page.status == 422 and "Choose a PDF, PNG or JPEG file." in page.text
    client.submit("Save and go to the list", letter=[(io.BytesIO(b"%PDF-1.4 first"), "first.pdf")])
    client.get(path)
    client.submit("Save and go to the list", letter=[(io.BytesIO(b"%PDF-1.4 second"), "second.pdf")])
    answer = client.get(f"/en/applications/{draft.id}/letter")
    assert answer.response.data == b"%PDF-1.4 second" and "attachment" in answer.headers["Content-Disposition"]
    from civic.core.files import StoredFile

    assert db.session.query(StoredFile).filter_by(name="first.pdf").count() == 0


def test_every_condition_says_whether_it_holds_and_what_to_do(clocked, arrive, make):
    person = make.member()
    draft = clocked.application(None, capital=6_000_00, tier=0, by=person, turnover_minor=None)
    client = arrive(person)
    page = client.get(f"/en/applications/{draft.id}/conditions")
    assert "3 conditions do not hold yet." in page.text
    for words in (
        "There is no letter yet of somebody who knows you.",
        "You have not said yet what your turnover is.",
        "You ask for more.",
    ):
        assert words in page.text
    assert {each.href.rpartition("/")[2] for each in page.links if each.text == "Put it right"} == {"referee", "money"}
    organisation = make.organisation(owner=person, kind="company")
    mine = clocked.application(clocked.campaign(organisation=organisation), by=person)
    page = client.get(f"/en/applications/{mine.id}/conditions")
    assert "Your organisation is of another kind." in page.text and page.link("Choose another size of pledge")
    assert page.link("Ask for the verification of your organisation").href.endswith(f"/organisations/{organisation.id}")


def test_a_size_that_needs_a_campaign_is_not_sent_without_one(clocked, arrive, make):
    person = make.member()
    draft = clocked.application(None, tier=1, by=person)
    page = arrive(person).get(f"/en/applications/{draft.id}/submission")
    assert "This size of pledge needs a campaign: choose another, or apply with your campaign" in page.text
    with pytest.raises(applying.NotComplete) as refused:
        applying.submit(draft, by=person, now=clocked.now)
    assert "campaign" in refused.value.gaps


def test_what_was_sent_cannot_be_changed_until_it_is_taken_back(clocked, arrive, owner, campaign):
    sent = clocked.applied(campaign, by=owner)
    client = arrive(owner)
    page = client.get(f"/en/applications/{sent.id}")
    assert "It is sealed until 3 December 2026, 11:59pm: nobody in this office reads it before." in page.text
    for path in ("edit/money", "edit/public", "submission", "answers"):
        assert client.get(f"/en/applications/{sent.id}/{path}").location.endswith(f"/applications/{sent.id}")
    token = client.get(f"/en/applications/{sent.id}") and {"capital": "1"}
    assert client.post(f"/en/applications/{sent.id}/edit/money", token).status == 409
    client.get(f"/en/applications/{sent.id}")
    client.submit("Take it back to change something")
    assert "Taken back." in client.follow().text
    assert latest().status == "draft"


def test_after_the_deadline_nothing_is_sent_or_taken_back_and_drafts_are_kept(clocked, arrive, owner, campaign):
    draft = clocked.application(campaign, by=owner)
    sent = clocked.applied(clocked.campaign(organisation=campaign.organisation), by=owner)
    clocked.after_the_deadline()
    client = arrive(owner)
    assert "The deadline has passed" in client.get(f"/en/applications/{draft.id}").text
    page = client.get(f"/en/applications/{draft.id}/submission")
    assert "This round takes no applications any more. What you wrote is kept." in page.text
    page = client.post(f"/en/applications/{draft.id}/submission", {"allowed": "y", "true": "y"})
    assert page.status == 422 and "What you wrote is kept." in page.text
    page = client.get(f"/en/applications/{sent.id}")
    assert "It is being judged." in page.text and "Take it back" not in page.text
    assert client.post(f"/en/applications/{sent.id}/recall").status == 409
    assert "This round takes no applications any more." in client.get(new(clocked)).text


def test_it_can_be_given_up_with_a_reason_and_that_is_final(clocked, arrive, owner, campaign):
    sent = clocked.applied(campaign, by=owner)
    client = arrive(owner)
    client.get(f"/en/applications/{sent.id}/withdrawal")
    assert client.submit("Give it up").status == 422
    client.submit("Give it up", why="The market was sold.")
    page = client.follow()
    assert "You gave it up." in page.text and "The market was sold." in page.text
    assert client.get(f"/en/applications/{sent.id}/withdrawal").status == 409
    assert again(sent).status == "withdrawn"
    page = begun(client, clocked, campaign)
    assert page.status == 200 and latest().id != sent.id


def test_who_applied_reads_how_it_ended_and_why(clocked, arrive, owner, campaign):
    sent, second = clocked.applied(campaign, by=owner), clocked.applied(by=owner)
    second.organisation_id = campaign.organisation_id
    clocked.after_the_deadline()
    client = arrive(owner)
    judging.rule_out(again(second), why="The site is in Kent.", by=clocked.officer, now=clocked.now)
    page = client.get(f"/en/applications/{second.id}")
    assert "A condition of the round is not met" in page.text and "The site is in Kent." in page.text
    judging.turn_down(again(sent), feedback="Show more support.", language="en", by=clocked.officer, now=clocked.now)
    page = client.get(f"/en/applications/{sent.id}")
    assert "Show more support." in page.text and "Your campaign goes on as before" in page.text


def test_a_pledge_is_told_from_its_announcement_and_not_before(clocked, arrive, owner, campaign):
    sent = clocked.applied(campaign, by=owner)
    clocked.after_the_deadline()
    award = clocked.given(again(sent), capital=8_000_00)
    client = arrive(owner)
    page = client.get(f"/en/applications/{sent.id}")
    assert "It is being judged." in page.text and "8,000" not in page.text
    from civic.grants.actions import awards

    awards.announce(award, by=clocked.officer, now=clocked.now)
    page = client.get(f"/en/applications/{sent.id}")
    assert "Mayor of London has pledged £8,000." in page.text
    assert "It counts towards your target from now on." in page.text


def test_my_list_shows_what_waits_and_is_empty_kindly(clocked, arrive, make, owner, campaign):
    page = arrive(make.member()).get("/en/applications")
    assert "No applications yet" in page.text and page.link("See the rounds")
    clocked.application(campaign, by=owner)
    page = arrive(owner).get("/en/applications")
    assert "A roof for the market" in page.text and "Draft, not sent" in page.text and "10 days left" in page.text


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_every_page_of_an_application_speaks_every_language(clocked, arrive, make, language):
    person = make.member()
    draft = clocked.letter(
        clocked.application(None, capital=9_000_00, tier=0, by=person, answers={"difference": "a " * 60})
    )
    sent = clocked.letter(clocked.application(None, capital=900_00, tier=0, by=person))
    applying.submit(sent, by=person, now=clocked.now)
    client = arrive(person)
    for path in ("", "/edit/money", "/edit/project", "/edit/public", "/edit/assessors", "/edit/referee", "/conditions",
                 "/answers", "/submission", "/withdrawal"):  # fmt: skip
        assert client.get(f"/{language}/applications/{draft.id}{path}").status == 200, path
    for path in ("", "/receipt", "/withdrawal", "/conditions"):
        assert client.get(f"/{language}/applications/{sent.id}{path}").status == 200, path
    for path in (f"rounds/{clocked.round.slug}/applications/new", "applications"):
        assert client.get(f"/{language}/{path}").status == 200
