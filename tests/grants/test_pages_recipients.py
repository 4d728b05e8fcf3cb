"""The recipient's desk: who gets in, who signs, what is kept while one writes, what one does not need."""

import io
from datetime import timedelta

import pytest

from civic.accounts.models import OrganisationMember
from civic.core import clock
from civic.core.db import db
from civic.grants.actions import agreements
from civic.grants.actions import reports as report_actions
from civic.grants.models import Award, GrantPaper, Report
from civic.grants.queries import awards as queries
from civic.grants.queries import funds
from civic.grants.queries.agreements import open_of
from tests.crowdfund.pictures import pdf


def theirs(award, rest=""):
    return f"/en/awards/{award.public_id}{rest}"


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


@pytest.fixture
def editor(make):
    """Somebody else who acts for the recipient of an award, without being an owner."""

    def join(award):
        person = make.member()
        joined = {"organisation_id": award.organisation_id, "user_id": person.id, "role": "editor"}
        db.session.add(OrganisationMember(**joined, joined_at=make.now))
        db.session.commit()
        return person

    return join


def test_the_account_leads_to_public_money(people, as_, make):
    award = make.award("agreed", title="A market for Deptford")
    owner = as_(make.recipient_of(award))
    owner.get("/en/account")
    page = owner.click("Public money")
    assert "A market for Deptford" in page.text and "£15,000" in page.text
    owner.click("A market for Deptford")
    assert owner.last.status == 200 and owner.last.headers["Cache-Control"] == "no-store"


def test_nobody_else_learns_that_there_is_a_desk(people, as_, make, client):
    award = make.award("agreed")
    assert as_(make.member()).get(theirs(award, "/desk")).status == 404
    assert as_(people.officer).get(theirs(award, "/desk")).status == 404
    page = client.get(theirs(award, "/desk"))
    assert page.status == 303 and "/sign-in" in page.location


def test_what_is_not_announced_is_hidden_from_its_own_recipient_too(people, as_, make):
    award = make.award("approved")
    owner = as_(make.recipient_of(award))
    title = award.title
    assert title not in owner.get("/en/awards").text
    for rest in ("", "/desk", "/agreements/1", "/refusal"):
        assert owner.get(theirs(award, rest)).status == 404


def test_an_editor_writes_and_an_owner_binds(people, as_, make, editor):
    award = make.award("due")
    make.offer(award)
    client = as_(editor(award))
    page = client.get(theirs(award, "/desk"))
    assert "An owner of your organisation must sign it." in page.text and "We do not need this money" not in page.text
    page = client.get(theirs(award, "/agreements/1"))
    assert "Sign the agreement" not in page.main
    page = client.post(theirs(award, "/agreements/1/signature"), {"name": "x", "position": "x", "may_sign": "y"})
    assert page.status == 403 and "Only an owner of the organisation may do this. Ask one of them." in page.text
    assert client.get(theirs(award, "/refusal")).status == 403


def test_a_person_who_gets_money_has_the_same_desk(people, as_, make):
    person = make.member()
    award = make.award("due", person=person)
    make.offer(award)
    client = as_(person)
    client.get(theirs(award, "/agreements/1"))
    client.submit("Sign the agreement", name="Ada Byron", position="Myself", may_sign=True)
    assert "You have signed." in client.follow().text


def test_every_version_that_was_offered_stays_readable(people, as_, make):
    award = make.award("due")
    make.offer(award, text="The first words.")
    agreements.withdraw(open_of(award.id), by=people.officer, now=make.now)
    make.sign(make.offer(award, text="The second words."))
    owner = as_(make.recipient_of(award))
    page = owner.get(theirs(award, "/desk"))
    assert "Version 1" in page.text and "Taken back" in page.text and "In force" in page.text
    page = owner.get(theirs(award, "/agreements/1"))
    assert "The first words." in page.text and "This version was taken back." in page.text
    assert "The second words." in owner.get(theirs(award, "/agreements/2")).text


def test_what_is_not_needed_goes_back_to_its_pot(people, as_, make):
    award = make.award("due")
    pot_id, before = award.pot_id, funds.left_in(award.pot_id)
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, "/desk"))
    owner.click("We do not need this money")
    page = owner.submit("Give the £15,000 back", words="We found the money elsewhere.")
    assert page.status == 422 and "Tick the box if you are sure." in page.text
    assert "We found the money elsewhere." in page.html and fresh(award).status == "due"
    owner.submit("Give the £15,000 back", is_sure=True)
    page = owner.follow()
    assert "The money goes to others." in page.text and "The promise has ended" in page.text
    assert funds.left_in(pot_id) == before + fresh(award).amounts
    page = as_(people.officer).get(f"/en/staff/grants/awards/{award.public_id}")
    assert "We found the money elsewhere." in page.text


def test_what_both_sides_have_signed_is_not_given_back_by_a_button(people, as_, make):
    award = make.award("agreed")
    owner = as_(make.recipient_of(award))
    assert "We do not need this money" not in owner.get(theirs(award, "/desk")).text
    assert owner.get(theirs(award, "/refusal")).status == 404
    assert owner.post(theirs(award, "/refusal"), {"is_sure": "y"}).status == 404
    assert fresh(award).status == "agreed"


def test_only_what_is_signed_for_can_be_claimed(people, as_, make):
    award = make.award("due")
    make.plan(award)
    first = queries.instalments_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    page = owner.get(theirs(award, f"/instalments/{first.id}"))
    assert "You can claim it once both sides have signed" in page.text and "Your claim" not in page.text
    assert owner.post(theirs(award, f"/instalments/{first.id}"), {"act": "send", "words": "x"}).status == 409


def test_a_claim_is_written_in_several_sittings(people, as_, make):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, f"/instalments/{first.id}"))
    owner.submit("Save and go on later", words="The first half.")
    assert "Nothing is sent yet." in owner.follow().text
    page = as_(people.officer).get(f"/en/staff/grants/awards/{award.public_id}/instalments/{first.id}")
    assert "The first half." not in page.text
    owner.submit("Add this file", words="Both halves.", paper=[(pdf(), "a.pdf")], paper_title="")
    page = owner.last
    assert page.status == 422 and "Say what the file shows." in page.text and "Both halves." in page.html
    owner.submit("Add this file", paper=[(pdf(), "a.pdf")], paper_title="Invoice A")
    page = owner.follow()
    assert "Both halves." in page.html
    owner.submit("Remove Invoice A", words="Both halves, and the end.")
    page = owner.follow()
    assert "The paper is removed." in page.text and "Both halves, and the end." in page.html
    assert db.session.query(GrantPaper).count() == 0
    owner.submit("Claim £7,500", paper=[(pdf(), "b.pdf")], paper_title="Invoice B")
    assert fresh(first).status == "claimed" and db.session.query(GrantPaper).one().title == "Invoice B"


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten(people, as_, make, editor):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    owner, other = as_(make.recipient_of(award)), as_(editor(award))
    for client in (owner, other):
        client.get(theirs(award, f"/instalments/{first.id}"))
    owner.submit("Save and go on later", words="The owner’s words.")
    page = other.submit("Save and go on later", words="The editor’s words.")
    assert page.status == 409 and "How it stands now" in page.text
    assert "The owner’s words." in page.text and "The editor’s words." in page.html
    other.submit("Save and go on later")
    assert fresh(first).claim == "The editor’s words."


def test_a_file_that_is_none_of_ours_is_refused_and_the_words_are_kept(people, as_, make):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, f"/instalments/{first.id}"))
    page = owner.submit("Claim £7,500", words="Done.", paper=[(io.BytesIO(b"MZ"), "a.exe")], paper_title="Invoice")
    assert page.status == 422 and "Choose a PDF, PNG or JPEG file." in page.text and "Done." in page.html
    assert fresh(first).status == "planned" and db.session.query(GrantPaper).count() == 0


def test_evidence_is_seen_by_staff_and_the_recipient_only(people, as_, make, client):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, f"/instalments/{first.id}"))
    owner.submit("Claim £7,500", words="Done.", paper=[(pdf(), "a.pdf")], paper_title="Invoice")
    paper = db.session.query(GrantPaper).one()
    path = theirs(award, f"/papers/{paper.id}")
    page = owner.get(path)
    assert page.status == 200 and page.headers["Content-Disposition"].startswith("attachment")
    assert as_(make.member()).get(path).status == 404
    assert client.get(path).status == 303
    assert as_(people.officer).get(f"/en/staff/grants/awards/{award.public_id}/papers/{paper.id}").status == 200
    other = make.award("agreed")
    assert as_(make.recipient_of(other)).get(theirs(other, f"/papers/{paper.id}")).status == 404
    page = owner.get(theirs(award, f"/instalments/{first.id}"))
    assert "Remove" not in page.main  # what was sent stays as it was sent


def test_a_report_is_written_in_several_sittings_and_read_once_it_is_sent(people, as_, make, now):
    award = make.award("agreed")
    make.pay(award, 2)
    report = queries.reports_of(award.id)[0]
    owner, officer = as_(make.recipient_of(award)), as_(people.officer)
    owner.get(theirs(award, f"/reports/{report.id}"))
    owner.submit("Save and go on later", text="So far so good.", spent_capital="1")
    page = officer.get(f"/en/staff/grants/awards/{award.public_id}/reports/{report.id}")
    assert "So far so good." not in page.text and "What they are writing cannot be seen before that." in page.text
    page = owner.get(theirs(award, f"/reports/{report.id}"))
    assert "So far so good." in page.html and 'value="1"' in page.html
    page = owner.submit("Send the report", text="", spent_capital="x")
    assert "Write your report." in page.text and "Enter an amount in pounds" in page.text
    owner.submit("Send the report", text="All is built.", spent_capital="12000")
    assert fresh(report).status == "submitted"
    assert owner.post(theirs(award, f"/reports/{report.id}"), {"act": "send", "text": "Other."}).status == 409
    assert "You sent it on" in owner.get(theirs(award, f"/reports/{report.id}")).text


def test_a_report_that_is_late_comes_first(people, as_, make, now):
    award = make.award("agreed")
    owner = make.recipient_of(award)
    with clock.at(now + timedelta(days=120)):
        page = as_(owner).get(theirs(award, "/desk"))
        assert "A report is due next." in page.text and "Overdue" in page.text
        page = as_(people.officer).get(f"/en/staff/grants/awards/{award.public_id}")
        assert "Overdue" in page.text


def test_after_a_stop_the_final_report_is_still_written(people, as_, make):
    award = make.award("stopped")
    final = next(each for each in queries.reports_of(award.id) if each.kind == "final")
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, f"/reports/{final.id}"))
    owner.submit("Send the report", text="Half of it stands.")
    assert fresh(final).status == "submitted"


def test_nothing_can_be_reported_before_the_agreement(people, as_, make):
    award = make.award("due")
    make.plan(award)
    report = queries.reports_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    assert "You can write it once the agreement is in force." in owner.get(theirs(award, f"/reports/{report.id}")).text
    assert owner.post(theirs(award, f"/reports/{report.id}"), {"act": "send", "text": "x"}).status == 409
    with pytest.raises(Exception, match="IllegalMove"):
        report_actions.submit(
            fresh(report), text="x", language="en", spent=fresh(award).agreed, by=people.officer, now=make.now
        )
    assert db.session.query(Report).filter_by(status="submitted").count() == 0


def test_long_names_and_other_languages_keep_their_own_direction(people, as_, make):
    name = "Stowarzyszenie Przyjaciół Ogrodów Społecznych Wschodniego Londynu i Okolic"
    award = make.award(
        "agreed", organisation=make.organisation(name=name, status="verified"), title="حديقة", language="ar"
    )
    owner = as_(make.recipient_of(award))
    page = owner.get(theirs(award, "/desk"))
    assert '<span lang="ar" dir="rtl">حديقة</span>' in page.html
    page = as_(people.officer).get(f"/en/staff/grants/awards/{award.public_id}")
    assert name in page.text and db.session.query(Award).one().language == "ar"
