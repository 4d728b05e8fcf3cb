"""Something real to stand in every place of every address, part by part of the house."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from civic.accounts.rules.choices import ROLES
from civic.challenge.actions.deciding import decide
from civic.challenge.actions.programmes import add_fact
from civic.challenge.actions.remarks import answer
from civic.challenge.applying.models import Interview
from civic.challenge.matching.actions.overrides import propose_override
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.support.actions.demo import add_pitch, register
from civic.challenge.support.actions.plans import add_action
from civic.challenge.support.queries.demo import pitches_of
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.discussions.actions.drafts import keep_draft
from civic.discussions.actions.ideas import move_idea
from civic.discussions.actions.threads import answer_officially
from civic.discussions.models import Comment, CommentDraft
from civic.grants.queries.authority import delegations
from civic.grants.queries.awards import instalments_of, reports_of
from civic.grants.queries.listing import budget_changes
from civic.requests import links
from civic.surveys.assisted.actions import typing
from tests.make_surveys import FULL_ANSWERS

PEOPLE = ("visitor", "member", *ROLES, "every role")
LEAVES = {"accounts.sign_out"}


def known_of_assistance(app: Flask, make: Any) -> dict[str, list[Any]]:
    """A request for a format, a batch with a form that two people read differently, a call, and a wish to pledge."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        survey, asked = make.survey(), make.format_request()
        batch = make.paper_batch(survey)
        on, form = make.typed(batch, 2, FULL_ANSWERS)
        second = make.staff("assistant")
        typing.type_in(on, form, FULL_ANSWERS | {"air": 1}, person=None, by=second, now=make.now)
        _on, call = make.telephoned(survey, FULL_ANSWERS, by=second)
        intent, code = make.pledge_intent(make.campaign("live"))
        db.session.query(OutgoingMessage).delete()
        return {
            "request_id": [asked.id],
            "token": [links.token_of(asked)],
            "batch_id": [batch.id],
            "form_number": [1],
            "form_id": [form.id, call.id],
            "intent_id": [intent.id],
            "code": [code],
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


def known_of_testing(make: Any) -> dict[str, list[Any]]:
    """A test that runs, with what was handed in; one that is being planned; and the kinds of changes."""
    running, planned = make.test_grant("running"), make.test_grant()
    step = make.reach_milestone(running, signed=False)
    return {"test_id": [running.id, planned.id], "milestone_id": [step.id], "wanted": ["stop", "budget"]}


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


def known_of_challenge_matching(app: Flask, make: Any) -> dict[str, list[Any]]:
    """A draft of a match with an override that waits, in a programme of its own."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        made = make.ranked([[0], [0]], [[0, 1]], programme=make.programme(slug="matched"))
        run = make.match_run(made)
        override = propose_override(
            run, made.of(0, 0).id, "leave", reason="No site.", by=make.staff("challenge_manager"), now=make.later(made)
        )
        return {"shortlist": ["matched"], "run_number": [run.number], "override_id": [override.id]}


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


def known_of_translation(app: Flask, make: Any) -> dict[str, list[Any]]:
    """A consultation that is translated in part, with a suggestion, a word of the glossary and a file that waits."""
    with app.test_request_context("/en/", method="POST"):
        consultation = make.consultation()
        make.translation(consultation, "question", "Co Londyn powinien zrobić z upałem?")
        suggestion = make.suggestion(consultation, "summary", "Gdzie najpierw drzewa, woda i cień.")
        name = f"consultation:{consultation.id}"
        data = f"text,language,label,source,translation\r\n{name}/contact,pl,,Environment team,Zespół\r\n".encode()
        return {
            "translated": [name],
            "field": ["background"],
            "suggestion_id": [suggestion.id],
            "term_id": [make.term().id],
            "file_id": [make.translation_file(data).id],
        }


def known_of_formats(app: Flask, make: Any, survey: Any) -> dict[str, list[Any]]:
    """The results of a survey in several formats: made, failed, and by hand."""
    with app.test_request_context("/en/", method="POST"):
        return make.places_of_formats(f"survey_results:{survey.id}")


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
