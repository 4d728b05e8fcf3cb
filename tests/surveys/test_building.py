"""Building a survey: what staff can do with a questionnaire, and what a live version never suffers."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.states import IllegalMove, history
from civic.surveys.actions import building, launching
from civic.surveys.models.survey import STATUSES, Survey, SurveyVersion
from civic.surveys.queries import surveys as queries
from civic.surveys.rules import editing
from civic.surveys.rules.conditions import Compare
from civic.surveys.rules.questionnaire import Option, Question, Questionnaire, Section

DAY = __import__("datetime").timedelta(days=1)


def yes_no(key, show_if=None):
    return Question(key, "yes_no", {"en": f"{key}?"}, show_if=show_if)


def asked():
    first = Section("one", {"en": "One"}, questions=(yes_no("a"), yes_no("b", Compare("a", "equals", "yes"))))
    second = Section("two", {"en": "Two"}, questions=(yes_no("c"),))
    return Questionnaire(("en",), (first, second))


@pytest.fixture
def researcher(make):
    return make.staff("researcher")


@pytest.fixture
def draft(make, researcher, now):
    beginning = building.Beginning(
        {"en": "Parks"}, "parks", asked(), purpose={"en": "We plan benches with your answers."}
    )
    return building.create_survey(beginning, by=researcher, now=now, closes_at=now + 30 * DAY)


@pytest.fixture
def live(draft, researcher, now):
    launching.launch(draft, by=researcher, now=now)
    return draft


def keys(survey):
    return [question.key for question in building.working_version(survey).questionnaire.questions()]


def test_a_question_gets_a_key_from_its_words_and_keeps_it(draft, now):
    key = building.add_question(draft, "two", Question("", "yes_no", {"en": "Do you like parks?"}), now=now)
    again = building.add_question(draft, "two", Question("", "yes_no", {"en": "Do you like parks?"}), now=now)
    assert (key, again) == ("do_you_like_parks", "do_you_like_parks_2")
    reworded = Question(key, "yes_no", {"en": "Do you go to parks?"})
    building.put(draft, reworded, edition=None, now=now)
    assert keys(draft) == ["a", "b", "c", "do_you_like_parks", "do_you_like_parks_2"]


def test_moving_across_a_section(draft, now):
    building.move(draft, "c", -1, now=now)
    assert building.working_version(draft).questionnaire.section_of("c").key == "one"


@pytest.mark.parametrize(
    "act", [lambda s, now: building.move(s, "a", 1, now=now), lambda s, now: building.remove(s, "a", now=now)]
)
def test_a_change_that_breaks_a_condition_is_refused_with_its_reason(draft, now, act, in_request):
    with pytest.raises(building.LogicWouldBreak) as refused:
        act(draft, now)
    assert "b?" in str(refused.value.sentence)
    assert keys(draft) == ["a", "b", "c"]


def test_a_circle_is_refused(draft, now, in_request):
    with pytest.raises(building.LogicWouldBreak):
        building.put(draft, yes_no("a", Compare("b", "equals", "yes")), edition=None, now=now)


def test_two_people_at_the_same_question_one_is_told(draft, now):
    questionnaire = building.working_version(draft).questionnaire
    edition = editing.edition(questionnaire.question("c"))
    building.put(draft, Question("c", "yes_no", {"en": "First"}), edition=edition, now=now)
    with pytest.raises(building.ChangedMeanwhile):
        building.put(draft, Question("c", "yes_no", {"en": "Second"}), edition=edition, now=now)


def test_two_people_at_different_questions_do_not_disturb_each_other(draft, now):
    questionnaire = building.working_version(draft).questionnaire
    marks = {key: editing.edition(questionnaire.question(key)) for key in "ac"}
    for key in "ac":
        building.put(draft, Question(key, "yes_no", {"en": "New"}), edition=marks[key], now=now)


def test_editing_a_live_survey_makes_a_new_version_and_leaves_the_live_one(live, now):
    before = queries.live_version(live).definition
    building.add_question(live, "two", Question("", "yes_no", {"en": "More?"}), now=now)
    assert queries.live_version(live).number == 1
    assert queries.live_version(live).definition == before
    assert queries.draft_version(live).number == 2


def test_launching_the_new_version_puts_it_live_and_pins_it(live, researcher, now):
    building.add_question(live, "two", Question("", "yes_no", {"en": "More?"}), now=now)
    launching.launch(live, by=researcher, now=now)
    assert queries.live_version(live).number == 2
    assert queries.draft_version(live) is None


def test_throwing_changes_away_goes_back_to_the_live_version(live, researcher, now):
    building.add_question(live, "two", Question("", "yes_no", {"en": "More?"}), now=now)
    building.discard_draft(live, by=researcher, now=now)
    assert building.working_version(live).number == 1


@pytest.mark.parametrize("change", [{"definition": {"x": 1}}, {"pinned_at": None}, {"number": 9}])
def test_the_database_itself_refuses_to_change_a_live_version(live, change):
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.execute(update(SurveyVersion).where(SurveyVersion.survey_id == live.id).values(**change))
    assert refused.value.orig.diag.constraint_name == "ck_survey_version_pinned"


def test_there_is_one_version_being_worked_on(draft, now):
    extra = SurveyVersion(survey_id=draft.id, number=2, definition={"languages": ["en"]}, created_at=now)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(extra)
        db.session.flush()


def test_what_was_promised_cannot_change_after_the_launch(live, researcher, now):
    with pytest.raises(building.NoLongerSettable):
        building.change_settings(live, {"anonymity": "identified"}, edition=live.version_id, by=researcher, now=now)


def test_settings_changed_meanwhile_are_not_overwritten(draft, researcher, now):
    edition = draft.version_id
    building.change_settings(draft, {"title": {"en": "First"}}, edition=edition, by=researcher, now=now)
    with pytest.raises(building.ChangedMeanwhile):
        building.change_settings(draft, {"title": {"en": "Second"}}, edition=edition, by=researcher, now=now)


def test_a_new_language_reaches_the_questionnaire_and_holds_the_launch_until_translated(draft, researcher, now):
    building.change_settings(draft, {"languages": ["en", "pl"]}, edition=draft.version_id, by=researcher, now=now)
    questionnaire = building.working_version(draft).questionnaire
    assert questionnaire.languages == ("en", "pl")
    assert [point.mark for point in launching.checklist(draft, questionnaire) if point.is_blocking] == [
        "no_translation-pl"
    ]
    building.translate(
        draft, "pl", {address: "słowa" for address, said in editing.texts_of(questionnaire) if said}, {}, now=now
    )
    assert not [p for p in launching.checklist(draft, building.working_version(draft).questionnaire) if p.is_blocking]


# --- launch --------------------------------------------------------------------------------------------------------------


def test_a_launch_pins_the_version_and_is_on_record(live, researcher):
    version = queries.live_version(live)
    assert (live.status, version.is_pinned, live.minutes) == ("open", True, 1)
    assert [move.verb for move in history(live)] == ["launch"]
    entry = db.session.query(AuditEntry).filter_by(verb="survey.launched").one()
    assert entry.actor_id == researcher.id


def test_faults_cannot_be_talked_away(make, researcher, now):
    empty = building.empty_questionnaire(("en",), "Questions")
    survey = building.create_survey(building.Beginning({"en": "X"}, "x", empty), by=researcher, now=now)
    with pytest.raises(launching.NotReady):
        launching.launch(survey, by=researcher, now=now, reasons={"nothing_asked": "because I want to launch it"})


def test_blocking_points_need_a_reason_each_and_the_reasons_are_kept(make, researcher, now):
    survey = building.create_survey(building.Beginning({"en": "X"}, "x", asked()), by=researcher, now=now)
    with pytest.raises(launching.ReasonNeeded) as refused:
        launching.launch(survey, by=researcher, now=now, reasons={"no_closing_date": "a standing question to visitors"})
    assert refused.value.field == "why-no_purpose"
    reasons = {"no_closing_date": "a standing question to visitors", "no_purpose": "it is told on the wall poster"}
    launching.launch(survey, by=researcher, now=now, reasons=reasons)
    entry = db.session.query(AuditEntry).filter_by(verb="survey.launched").one()
    assert entry.after["overridden"] == reasons


def test_what_was_looked_at_is_what_goes_live(draft, researcher, now):
    edition = editing.edition(building.working_version(draft).questionnaire)
    building.add_question(draft, "two", Question("", "yes_no", {"en": "Smuggled in?"}), now=now)
    with pytest.raises(building.ChangedMeanwhile):
        launching.launch(draft, by=researcher, now=now, edition=edition)


def test_nothing_is_launched_into_the_past(draft, researcher, now):
    with pytest.raises(launching.AlreadyOver):
        launching.launch(draft, by=researcher, now=now + 31 * DAY)


WHY = "a good reason for it"
VERBS = {
    "launch": lambda survey, by, now: launching.launch(survey, by=by, now=now),
    "close": lambda survey, by, now: launching.close(survey, by=by, now=now, why=WHY),
    "reopen": lambda survey, by, now: launching.reopen(survey, closes_at=now + DAY, by=by, now=now, why=WHY),
    "archive": lambda survey, by, now: launching.archive(survey, by=by, now=now),
}


@pytest.mark.parametrize("verb", sorted(VERBS))
@pytest.mark.parametrize("status", STATUSES)
def test_every_verb_in_every_state(draft, researcher, now, status, verb):
    if status != "draft":
        if status != "archived":
            launching.launch(draft, by=researcher, now=now)
        if status == "closed":
            launching.close(draft, by=researcher, now=now, why=WHY)
        if status == "archived":
            launching.archive(draft, by=researcher, now=now)
    allowed = Survey.TRANSITIONS.get((status, verb))
    if allowed:
        VERBS[verb](draft, researcher, now)
        assert draft.status == allowed
    else:
        with pytest.raises((IllegalMove, launching.NothingNew, building.Archived)):
            VERBS[verb](draft, researcher, now)
        assert db.session.get(Survey, draft.id).status == status


def test_closing_early_or_reopening_needs_a_reason(live, researcher, now):
    with pytest.raises(launching.ReasonNeeded):
        launching.close(live, by=researcher, now=now)
    launching.close(live, by=researcher, now=now + 30 * DAY)
    with pytest.raises(launching.ReasonNeeded):
        launching.reopen(live, closes_at=now + 40 * DAY, by=researcher, now=now + 31 * DAY, why=" ")


def test_more_time_is_free_less_time_needs_a_reason(live, researcher, now):
    launching.set_dates(live, opens_at=None, closes_at=now + 60 * DAY, by=researcher, now=now)
    with pytest.raises(launching.ReasonNeeded):
        launching.set_dates(live, opens_at=None, closes_at=now + 10 * DAY, by=researcher, now=now)
    launching.set_dates(live, opens_at=None, closes_at=now + 10 * DAY, by=researcher, now=now, why=WHY)
    assert live.closes_at == now + 10 * DAY


def test_results_are_published_by_section_and_only_once_it_is_over(live, researcher, now):
    from civic.core.errors import Conflict

    with pytest.raises(Conflict):
        launching.publish_results(live, ["one"], by=researcher, now=now)
    launching.close(live, by=researcher, now=now, why=WHY)
    launching.publish_results(live, ["one"], by=researcher, now=now)
    assert live.shows_results_of("one")
    assert not live.shows_results_of("two")
    launching.publish_results(live, [], by=researcher, now=now)
    assert live.results_published_at is None


def test_reopening_takes_published_results_back(live, researcher, now):
    launching.close(live, by=researcher, now=now, why=WHY)
    launching.publish_results(live, ["one"], by=researcher, now=now)
    launching.reopen(live, closes_at=now + DAY, by=researcher, now=now, why=WHY)
    assert not live.shows_results_of("one")


@pytest.mark.parametrize("moment, taking", [(-1, False), (0, True), (10 * 86400 - 1, True), (10 * 86400, False)])
def test_answers_count_from_the_first_second_to_the_last(live, researcher, now, moment, taking):
    from datetime import timedelta

    live.opens_at, live.closes_at = now, now + 10 * DAY
    assert live.is_taking_answers(now + timedelta(seconds=moment)) is taking


def test_deep_conditions_and_odd_words_survive_the_database(draft, now):
    odd = "‮\u202e<script>alert(1)</script> 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ﷽ ' OR 1=1; -- {{7*7}}"
    question = Question("", "single", {"en": odd}, options=(Option("x", {"en": odd}), Option("y", {"en": odd})))
    key = building.add_question(draft, "two", question, now=now)
    db.session.expire_all()
    kept = building.working_version(db.session.get(Survey, draft.id)).questionnaire.question(key)
    assert kept.text["en"] == odd
    assert db.session.scalar(text("select count(*) from survey")) == 1
