"""What can be asked: where one's own went, what staff read, and the report card."""

from datetime import timedelta

from sqlalchemy import select

from civic.consultations import checks
from civic.consultations.actions import linking
from civic.consultations.actions import outcome as actions
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations, mine, outcome, reading, registry, report_card
from civic.core.db import db
from civic.surveys.models.response import Response

# Where did mine go?


def test_each_sees_where_their_own_went_and_nothing_before_it_is_signed(make, people, held, now):
    consultation, _survey, names = held
    theme = make.outcome(consultation, by=people[0])
    linking.assign(consultation, names[:1], theme_id=theme.id, fate="partly", why="Half of it.", by=people[0], now=now)
    before = mine.given_by(people[2].id).items
    assert [(gave.name, list(gave.went)) for gave in before] == [(names[0], [])]
    actions.submit(consultation, by=people[0], now=now)
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    (gave,) = mine.given_by(people[2].id).items
    ((link, found),) = gave.went
    assert (link.fate, link.why, found.id, gave.consultation.id) == ("partly", "Half of it.", theme.id, consultation.id)


def test_no_contribution_of_another_is_there(make, people, held):
    others = [make.member() for _ in range(3)]
    for other in others:
        make.says(held[1], f"From {other.id}", person=other)
    for person in (people[2], *others):
        found = mine.given_by(person.id).items
        assert [gave.contributed.person_id for gave in found] == [person.id]
    assert mine.given_by(make.member().id).items == []


def test_what_was_given_without_a_name_stays_without_one(make, people, now):
    survey = make.words_survey(anonymity="anonymous")
    make.says(survey, "In secret", person=people[2])
    (gave,) = mine.given_by(people[2].id).items
    assert gave.is_nameless
    assert (gave.contributed.text, gave.contributed.number, gave.consultation) == ("", 0, None)
    assert [each.person_id for each in registry.within(f"survey:{survey.id}", "response", None, 9)] == [None]


def test_pages_of_ones_own_go_on_after_the_last_one_seen(make, people, now):
    for number in range(5):
        make.says(make.words_survey(), f"Number {number}", person=people[2])
    seen, after = [], None
    while True:
        page = mine.given_by(people[2].id, after=after, size=2)
        seen += [gave.name for gave in page.items]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert [gave.name for gave in mine.given_by(people[2].id, after="comment:1", size=9).items] == seen


# Reading.


def test_staff_page_through_what_is_not_sorted_and_find_words(make, people, held, now):
    consultation, _survey, names = held
    (source,) = reading.sources(consultation.id)
    assert source.count == 5
    first = reading.read(consultation.id, source, size=3)
    second = reading.read(consultation.id, source, after=first.after, size=3)
    assert {name for name, _given, _links in (*first.items, *second.items)} == set(names)
    assert second.after is None
    found = reading.read(consultation.id, source, words="TREES")
    assert sorted(given.text.rsplit("\n", 1)[1] for _name, given, _links in found.items) == [
        "Trees at bus stops, please", "Trees everywhere",
    ]  # fmt: skip
    theme = make.theme(consultation, by=people[0])
    linking.assign(consultation, names[:1], theme_id=theme.id, by=people[0], now=now)
    assert len(reading.read(consultation.id, source, words="trees").items) == 1
    assert len(reading.read(consultation.id, source, words="trees", unread=False).items) == 2
    assert [name for name, _given, _links in reading.in_theme(consultation.id, theme.id).items] == names[:1]


def test_a_response_is_found_by_the_name_made_of_its_random_key(make, held):
    from civic.surveys.contributing import number_of_response

    _consultation, survey, names = held
    keys = db.session.scalars(select(Response.id).where(Response.survey_id == survey.id)).all()
    assert {f"response:{number_of_response(key)}" for key in keys} == set(names)
    assert set(registry.contributions(names)) == set(names)
    walked = [name for stretch in registry.all_names(f"survey:{survey.id}", "response", 2) for name in stretch]
    assert sorted(walked) == sorted(names)


# The report card.


def test_the_report_card_equals_a_slow_recount(make, people, now):
    for days, count, stage in (
        (10, 3, "considering"),
        (120, 2, "considering"),
        (200, 4, "answered"),
        (220, 0, "answered"),
    ):
        survey = make.words_survey(status="closed")
        names = make.says(survey, *(f"Words {number}" for number in range(count))) if count else []
        closes = now - timedelta(days=days)
        facts = {"opens_at": closes - timedelta(days=50), "closes_at": closes}
        consultation = make.counted(make.consultation("considering", holds=[survey], **facts))
        make.outcome(consultation, by=people[0])
        for name in names[:-1]:
            linking.assign(consultation, [name], theme_id=None, fate="noted", by=people[0], now=now)
        if stage == "answered":
            actions.submit(consultation, by=people[0], now=now)
            actions.sign(consultation, by=people[1], now=closes + timedelta(days=90), edition=consultation.version_id)
    make.consultation("withdrawn", closes_at=now - timedelta(days=5))
    lines = {line.slug: line for line in report_card.lines(now)}
    slow = {}
    for each in db.session.scalars(select(Consultation).where(Consultation.status.in_(("considering", "answered")))):
        held = outcome.links_of(
            each.id,
            (n for name in consultations.held(each.id) for s in registry.all_names(name, "response") for n in s),
        )
        given = sum(
            len(stretch) for name in consultations.held(each.id) for stretch in registry.all_names(name, "response")
        )
        fated = sum(any(link.fate for link in links) for links in held.values()) if each.status == "answered" else 0
        slow[each.slug] = (given, fated)
    assert {slug: (line.given, line.with_fate) for slug, line in lines.items()} == slow
    assert sum(given for given, _fated in slow.values()) == 9


def test_the_clocks_job_counts_what_came_in(make, people, now, monkeypatch):
    from civic.consultations.actions import clock as by_clock

    survey = make.words_survey()
    consultation = make.consultation("open", holds=[survey])
    make.says(survey, "One", "Two")
    by_clock.tick(consultation, now)
    assert consultation.given == 2
    assert list(checks.wrong_counts()) == []


def test_a_wrong_counter_is_found(make, people, held):
    held[0].with_fate = 3
    db.session.flush()
    assert len(list(checks.wrong_counts())) == 1
