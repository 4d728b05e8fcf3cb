"""Who may where: every address × every kind of person, reading and sending; no role opens another's door, nothing ever breaks."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.accounts.rules.choices import ROLES
from civic.challenge.actions.deciding import decide
from civic.challenge.actions.programmes import add_fact
from civic.challenge.actions.remarks import answer
from civic.challenge.applying.models import Interview
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.support.actions.demo import add_pitch, register
from civic.challenge.support.actions.plans import add_action
from civic.challenge.support.queries.demo import pitches_of
from civic.core.db import db
from civic.core.i18n import LANGUAGES
from civic.core.mail import OutgoingMessage
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rounds.queries.rounds import eligibility_rules, round_by_slug
from civic.discussions.actions.drafts import keep_draft
from civic.discussions.actions.ideas import move_idea
from civic.discussions.actions.threads import answer_officially
from civic.discussions.models import Comment, CommentDraft
from civic.grants.queries.authority import delegations
from civic.grants.queries.awards import instalments_of, reports_of
from civic.grants.queries.listing import budget_changes
from tests.assessment.demo import registered
from tests.house import routes
from tests.house.routes import Address
from tests.make_grants import A_THING, THING
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS
from tests.support.client import Page, PageClient

PEOPLE = ("visitor", "member", *ROLES, "every role")
LEAVES = {"accounts.sign_out"}


@pytest.fixture
def somebody(app: Flask, make: Any) -> Callable[[str], PageClient]:
    """A reader of a kind, signed in where the kind has an account."""

    def arrive(kind: str) -> PageClient:
        client = PageClient(app)
        if kind != "visitor":
            roles = () if kind == "member" else ROLES if kind == "every role" else (kind,)
            make.sign_in(client, make.staff(*roles) if roles else make.member())
        return client

    return arrive


@pytest.fixture
def known(app: Flask, make: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Something real for the places in addresses: surveys and campaigns in each stage, their parts, people, money, languages."""
    monkeypatch.setitem(app.extensions["civic"].subjects, THING, A_THING)
    # No part may be called like another: the house would be right to refuse it.
    sections = [each | {"key": f"part_{each['key']}"} for each in EVERY_KIND["sections"]]
    definition = EVERY_KIND | {"sections": sections}
    published = make.survey(definition, slug="published")
    make.responses(published, [FULL_ANSWERS] * 30)
    make.published(published)
    for slug, status in (("open", "live"), ("draft", "draft"), ("published", "delivered")):
        make.campaign(status, slug=slug)  # at the same addresses, so that both rooms have something there
    for slug, status in (("published", "closed"), ("draft", "draft")):
        make.round(status, slug=slug)
    open_round, drafted = make.round(slug="open"), round_by_slug("draft")
    assert drafted is not None
    condition_id = eligibility_rules(drafted)[0].id
    return {
        "expression_id": [make.expression(open_round, "submitted").id, make.expression(open_round).id],
        "application_id": [make.application(open_round, "submitted").id, make.application(open_round).id],
        "step": ["about", "money", "idea", "public"],
        "kind": ["tiers", "conditions"],
        "asks": ["yes_to", "organisation_kinds", "in_london"],
        "tier_id": [drafted.tiers[0].id],
        "question_id": [drafted.questions[0].id],
        "condition_id": [condition_id],
        "part_id": [drafted.tiers[0].id, condition_id],
        "slug": [
            make.survey(definition, slug="open").slug,
            make.survey(definition, slug="draft", status="draft").slug,
            published.slug,
        ],
        "key": ["part_streets", "mode", "part_you", "trust"],
        "language": ["pl", "ar"],
        "notification_id": [make.news(make.member()).id],
        "user_id": [make.member(name="Somebody Else").id, make.staff("researcher", name="A Colleague").id],
        "role": ["researcher"],
        "organisation_id": [make.organisation().id, make.organisation(status="verified").id],
        "charge_id": [make.charge(status="succeeded").id, make.charge(status="declined").id],
        "refund_id": [make.refund().id],
        "dispute_id": [make.dispute().id],
        "transfer_id": [make.transfer(make.payee(make.organisation())).id],
        "difference_id": [make.difference().id],
        **make.places_of_assessment(registered(app, monkeypatch)),
        **known_of_public_money(make),
        **known_of_matching(make),
        **known_of_consultations(app, make),
        **known_of_discussions(make),
        **known_of_challenge(app, make),
        **known_of_support(make),
        **known_of_applying(app, make),
        **make.places_of_moderation(),
    }


def known_of_consultations(app: Flask, make: Any) -> dict[str, list[Any]]:
    """Consultations at the same addresses as the rest: one that has closed with all that belongs to an outcome, a draft, and
    one that was answered; a member has given to one of them."""
    with app.test_request_context("/en/", method="POST"):  # links to what people gave need one
        survey, staff = make.words_survey(status="closed"), make.staff("researcher")
        member = make.member()
        (name,) = make.says(survey, "Trees at bus stops, please", person=member)
        closed = make.counted(make.consultation("considering", slug="open", holds=[survey], officer_id=staff.id))
        theme = make.outcome(closed, by=staff)
        make.linked(closed, [name], theme, by=staff)
        make.consultation("draft", slug="draft")
        make.outcome_signed("published", by=staff, signer=make.staff("approver"))
        return {
            "part": ["question", "change", "dates", "people", "equality"],
            "theme_id": [theme.id],
            "resolution_id": [make.decided(closed, theme, by=staff, number="DD1").id],
            "document_id": [make.document(closed, by=staff).id],
        }


def known_of_discussions(make: Any) -> dict[str, list[Any]]:
    """A list of ideas with one that was decided and answered, and a discussion with an official answer; and a draft of somebody's."""
    staff, topic = make.staff(name="Odette Mensah"), make.topic(slug="open")
    listed, talk = make.thread(topic, kind="ideas", by=staff), make.thread(topic)
    idea = make.idea(listed)
    make.comment(listed, answers=db.session.get(Comment, idea.comment_id))
    move_idea(idea, "shortlist", reason="It is cheap.", language="en", as_role="Head of Parks", by=staff, now=make.now)
    make.comment(talk)
    answer_officially(talk, text="In May.", language="en", as_role="Head of Rivers", by=staff, now=make.now)
    keep_draft(text="Not yet.", language="en", by=make.member(), now=make.now, thread=talk)
    return {
        "topic": [topic.slug],
        "number": [listed.id, talk.id],
        "position": [1],
        "draft_id": [db.session.scalars(select(CommentDraft.id)).one()],
    }


def known_of_applying(app: Flask, make: Any) -> dict[str, list[Any]]:
    """A call that is being assessed, with an application and its interview; a startup with a draft to another call."""
    with app.test_request_context("/en/", method="POST"):
        programme = programme_by_slug("open")
        assert programme is not None
        challenge = make.challenge("final", programme=programme, slug="applied")
        call = make.call(programme, status="assessing")
        sent = make.challenge_application(challenge, call=call)
        draft = make.challenge_application(status="draft")
        interview = Interview(application_id=sent.id, at=make.now, place="City Hall", planned_at=make.now)
        db.session.add(interview)
        db.session.flush()
        return {
            "entry_id": [sent.id, draft.id],
            "chapter": ["about", "conditions"],
            "startup_id": [sent.startup_id, draft.startup_id],
            "interview_id": [interview.id],
        }


def known_of_challenge(app: Flask, make: Any) -> dict[str, list[Any]]:
    """A challenge at the same address as the rest, with comments of which one is answered; drafts; problems in several states."""
    with app.test_request_context("/en/", method="POST"):
        staff, programme = make.staff("challenge_manager"), make.programme(slug="open", is_example=True)
        fact = add_fact(programme, kind="sum", title="Grants", value="", source="", by=staff, now=make.now)
        challenge = make.challenge(slug="open", programme=programme, partner=make.challenge_partner(slug="open"))
        answered = make.brief_remark(challenge)
        answer(answered, result="changed", text="Yes.", language="en", as_role="Head", by=staff, now=make.now)
        make.brief_remark(challenge)
        make.challenge("draft", slug="draft")
        make.challenge("final", slug="published")
        taken_up, proposed = make.problem(), make.problem(supporters=1)
        decide(
            taken_up, "take_up", challenge=challenge, reason="It fits.", language="en", as_role="Head", by=staff, now=make.now
        )  # fmt: skip
        return {
            "programme": [programme.slug, make.programme(status="draft").slug],
            "partner": [challenge.partner.slug],
            "problem_id": [taken_up.id, proposed.id],
            "fact_id": [fact.id],
        }


def known_of_support(make: Any) -> dict[str, list[Any]]:
    """A startup on its way with all that may stand beside it, and the demo day of the programme at the usual address."""
    programme = programme_by_slug("open")
    assert programme is not None
    journey = make.journey()
    asked = make.journey("shortlisted", programme=make.programme_of(journey))
    pair = make.mentoring(journey)
    plan_action = add_action(
        journey,
        what="Ask a council",
        who="startup",
        due_on=make.now.date(),
        language="en",
        by=make.member(),
        now=make.now,
    )
    day = make.demo_day(programme)
    add_pitch(day, journey, by=make.member(), now=make.now)
    register(day, needs=["captions"], needs_text="", language="en", by=make.member(), now=make.now)
    make.demo_day(make.programme_of(journey), status="draft")
    return {
        "journey_id": [journey.id, asked.id],
        "action_id": [plan_action.id],
        "mentor_id": [pair.mentor_id, make.mentor(programme, status="invited").id],
        "pairing_id": [pair.id, make.mentoring(asked, status="proposed").id],
        "session_id": [
            make.support_session(pair, status="held", hours=-40).id,
            make.support_session(pair, status="offered").id,
            make.support_session(pair, status="missed", hours=-90).id,
            make.support_session(pair, hours=90).id,
        ],
        "outcome_id": [
            make.challenge_outcome(journey, answers=("startup", "partner")).id,
            make.challenge_outcome(journey, months=12).id,
            make.challenge_outcome(journey, months=24, status="published", answers=("startup",)).id,
        ],
        "pitch_id": [pitches_of(day)[0][0].id],
    }


def known_of_matching(make: Any) -> dict[str, list[Any]]:
    """Schemes at the same addresses as the rest: one that runs with a campaign, gifts and something to look at; one that is
    written, with who pays for it; and one that waits for an approver."""
    campaign = campaign_by_slug("open")
    assert campaign is not None
    signal = make.match_signal(make.match_scheme(campaign, slug="open"), campaign)
    make.match_scheme(campaign, slug="draft", status="draft")
    make.match_scheme(campaign, slug="published", status="proposed")
    return {
        "scheme": ["open"],
        "campaign": ["open"],
        "place": [1],
        "signal_id": [signal.id],
        "pledge_id": signal.gifts,
        "step": ["about", "rule", "money", "idea", "public"],
    }


def known_of_public_money(make: Any) -> dict[str, list[Any]]:
    """A fund at the same address as the rest, with an agreed award whose parts are in several states, and an open decision."""
    award = make.award("agreed", pot=make.pot(make.fund(slug="open")))
    make.fund(slug="draft")
    pot_id = award.pot_id
    decision = make.decision(pot=make.pot(make.fund(slug="published")))
    make.pay(award)
    people = make.money_people
    db.session.query(OutgoingMessage).delete()  # the letters of this have tests of their own
    return {
        "figure": ["paid"],
        "kind": ["claims"],
        "public_id": [award.public_id],
        "pot_id": [pot_id, decision.award.pot_id],
        "decision_id": [decision.id],
        "version": [1],
        "instalment_id": [each.id for each in instalments_of(award.id)],
        "report_id": [each.id for each in reports_of(award.id)],
        "grade_id": [people.grades["director"].id],
        "delegation_id": [delegations()[0].Delegation.id],
        "change_id": [row[0].id for row in budget_changes(decision.award.pot.fund)],
    }


def walk(
    addresses: Iterable[Address],
    ask: Callable[[Address], Page],
    refuses: Callable[[Address, Page], str] = lambda *_: "",
) -> None:
    """Ask each address; fail with every one that breaks, is out of order, or answers what it should refuse."""
    faults = []
    for address in addresses:
        try:
            page = ask(address)
            fault = f"{page.status}" if page.status >= 500 and page.status != 503 else refuses(address, page)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        if fault:
            faults.append(f"{address}: {fault[:1500]}")
    assert not faults, f"{len(faults)} addresses:\n" + "\n".join(faults)


def refuses_outsiders(kind: str) -> Callable[[Address, Page], str]:
    """Staff pages send visitors and members to the sign-in, forbid, or are not there."""

    def judge(address: Address, page: Page) -> str:
        sent_away = page.status in (302, 303) and "/sign-in" in (page.location or "")
        refused = page.status in (403, 404) or (sent_away and kind == "visitor")
        return (
            ""
            if refused or not address.is_staff or kind not in ("visitor", "member")
            else f"{page.status} for a {kind}"
        )

    return judge


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_address_answers_everybody_and_staff_pages_refuse_the_others(app, somebody, known, kind):
    client = somebody(kind)
    # One role sees no other pages than every role does, so those are looked at closely once.
    client.checked = kind in ("visitor", "member", "every role")
    walk(routes.addresses(app, "GET", known), lambda address: client.get(address.path), refuses_outsiders(kind))


@pytest.mark.parametrize("kind", ("visitor", "member", "every role"))
def test_every_address_bears_an_empty_form_and_staff_acts_refuse_the_others(app, somebody, known, kind):
    client = somebody(kind)
    acts = [each for each in routes.addresses(app, "POST", known) if each.endpoint not in LEAVES]
    walk(acts, lambda address: client.post(address.path, {}), refuses_outsiders(kind))


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_no_form_is_taken_without_its_token(app, somebody, known, kind):
    client = somebody(kind)
    walk(
        routes.addresses(app, "POST", known),
        lambda address: client.post(address.path, {}, token=False),
        lambda address, page: "" if page.status in (400, 403, 404) else f"{page.status} without a token",
    )


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_strange_addresses_are_no_surprise(app, somebody, kind):
    client = somebody(kind)
    walk(routes.hostile_addresses(app, "GET"), lambda address: client.get(address.path))


@pytest.mark.parametrize("kind", ("visitor", "member", "researcher", "administrator"))
def test_no_page_has_a_word_that_was_not_translated(app, somebody, known, kind):
    client = somebody(kind)
    walk(routes.addresses(app, "GET", known, "xx", most=4), lambda address: client.get(address.path))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_page_speaks_every_language(app, client, known, language):
    walk(routes.addresses(app, "GET", known, language), lambda address: client.get(address.path))
