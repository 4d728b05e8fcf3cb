"""Cases 1, 2, 3, 5, 6: what is not public reads like what does not exist, at every address and for everybody but its keepers."""

import re
from typing import Any

import pytest

from civic.core.db import db
from tests.house.routes import rules
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS, text
from tests.support.client import VARYING
from tests.support.page import words_of

OUTSIDERS = ("visitor", "member", "moderator", "funds_officer")
PARTS = {"lang": "en", "key": "cycles", "language": "pl"}


def about_surveys(app: Any, method: str) -> list[Any]:
    return [rule for rule in rules(app, method) if "slug" in rule.arguments and "/surveys/" in rule.rule]


def told(page: Any, slug: str) -> tuple[int, str, str]:
    """All that an answer tells, but for the name that was asked for."""
    body = VARYING.sub("", page.html.replace(slug, "SLUG"))
    return page.status, (page.location or "").replace(slug, "SLUG"), re.sub(r"\s+", " ", body)


def ask(client: Any, rule: Any, method: str, slug: str) -> Any:
    path = rule.build(PARTS | {"slug": slug}, append_unknown=False)[1]
    return client.get(path) if method == "GET" else client.post(path, {})


@pytest.mark.parametrize("method", ("GET", "POST"))
@pytest.mark.parametrize("kind", OUTSIDERS)
def test_a_survey_that_is_not_launched_reads_like_a_missing_one(app, arrive, make, kind, method):
    make.survey(slug="hidden-one", status="draft")
    client, told_apart = arrive(kind), []
    for rule in about_surveys(app, method):
        answers = [told(ask(client, rule, method, slug), slug) for slug in ("hidden-one", "absent-one")]
        if answers[0] != answers[1]:
            told_apart.append(f"{rule.rule}: {answers[0][:2]} and {answers[1][:2]}")
    assert not told_apart, "\n".join(told_apart)


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_results_that_are_not_published_read_like_missing_ones(arrive, make, kind):
    survey = make.survey(slug="counting-now")
    make.responses(survey, [FULL_ANSWERS] * 30)
    client = arrive(kind)
    for page in ("results", "results.csv", "results.json"):
        answers = [told(client.get(f"/en/surveys/{slug}/{page}"), slug) for slug in ("counting-now", "absent-one")]
        assert answers[0] == answers[1], page
        assert answers[0][0] == 404


def test_no_list_map_or_front_page_tells_of_a_survey_that_is_not_launched(arrive, make):
    make.survey(slug="hidden-one", status="draft", title=text("Unheard secret"))
    for kind in OUTSIDERS:
        client = arrive(kind)
        for path in (
            "/en/",
            "/en/surveys",
            "/en/surveys?show=results",
            "/sitemap.xml",
            "/robots.txt",
            "/en/account/data",
        ):
            page = client.get(path)
            if page.status == 200:
                assert "Unheard secret" not in page.html and "hidden-one" not in page.html, (kind, path)


@pytest.mark.parametrize("kind", ("visitor", "member"))
def test_a_staff_address_tells_outsiders_nothing_of_what_is_behind_it(app, arrive, make, known, kind):
    client, told_apart = arrive(kind), []
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            numbers = [name for name in rule.arguments if name.endswith("_id")]
            if (
                "/staff" not in rule.rule
                or not numbers
                or numbers[0] not in known
                or {"slug", "public_id"} & rule.arguments
            ):
                continue  # campaigns and money have tests of their own
            answers = []
            for value in (known[numbers[0]][0], 999_999):
                others = dict.fromkeys(rule.arguments, "not-there")
                filled = others | {"lang": "en", "role": "researcher", numbers[0]: value}
                path = rule.build(filled, append_unknown=False)[1]
                page = client.get(path) if method == "GET" else client.post(path, {})
                answers.append(
                    told(
                        page,
                        f"people/{value}"
                        if "user_id" in numbers
                        else f"{numbers[0][:-3].replace('report', 'barrier-report')}s/{value}".replace(
                            "criterions", "criteria"
                        ),
                    )
                )
            if answers[0] != answers[1]:
                told_apart.append(rule.rule)
    assert not told_apart, told_apart


@pytest.mark.parametrize("kind", ("visitor", "member", "moderator", "administrator", "approver", "consultee"))
def test_single_responses_leave_with_researchers_only(arrive, make, kind):
    survey = make.survey(slug="open-one")
    make.responses(survey, [FULL_ANSWERS] * 30)
    client = arrive(kind)
    page = client.post("/en/surveys/open-one/exports", {"version": "1"})
    assert page.status == 403 and "By boat" not in page.html
    assert client.get("/en/surveys/open-one/answers-in-words/more").status in (303, 403)


SECRET_COLUMNS = (
    "q[email_start]=a",
    "order=email",
    "sort=password_hash",
    "filter[status]=draft",
    "email=a",
    "status=draft",
    "include=responses",
    "fields=email",
    "select=*",
    "person_id=1",
    "direction=desc;drop",
)


@pytest.mark.parametrize("path", ("/en/surveys", "/en/barrier-reports", "/en/"))
def test_nothing_but_what_is_offered_sorts_or_narrows_a_list(arrive, make, known, path):
    make.survey(slug="draft-one", status="draft")
    client = arrive("visitor")
    plain = words_of(client.get(path).first("main"))
    for query in SECRET_COLUMNS:
        page = client.get(f"{path}?{query}")
        assert page.status == 200 and words_of(page.first("main")) == plain, query


def test_a_member_changes_no_survey_organisation_or_report_of_others(app, arrive, make, known):
    """Every staff act, tried by a member and by staff of another office, leaves every row of the house as it was."""
    from civic.accessibility.models import BarrierReport
    from civic.accounts.models import Organisation
    from civic.assessment.models import Assessor, Assignment, Criterion, Declaration, Item, Panel
    from civic.surveys.models.survey import Survey, SurveyVersion

    def state() -> list[Any]:
        db.session.expire_all()
        return [
            [tuple(row) for row in db.session.execute(model.__table__.select().order_by(model.__table__.c.id))]
            for model in (Survey, SurveyVersion, Organisation, BarrierReport, *judging)
        ]

    judging = (Panel, Criterion, Assessor, Item, Assignment, Declaration)
    before = state()
    for kind in ("member", "consultee"):
        client = arrive(kind)
        for rule in rules(app, "POST"):
            if "/staff/sandbox" in rule.rule:
                continue  # any colleague plays the world outside here; `payments/test_sandbox_desk.py` knows who may elsewhere
            if kind == "consultee" and rule.endpoint == "assessment.declare_interest":
                continue  # whoever is consulted speaks for themselves there, and for nobody else
            if "/staff" in rule.rule or "/organisations/<" in rule.rule:
                values = {name: known.get(name, [1])[0] for name in rule.arguments - {"lang"}} | {"lang": "en"}
                path = rule.build(values, append_unknown=False)[1]
                page = client.post(
                    path,
                    {
                        "verb": "verify",
                        "why": "Because",
                        "act": "clear",
                        "role": "owner",
                        "name": "Mine",
                        "title": "Mine",
                        "published": "y",
                        "summary": "Mine",
                    },
                )
                assert page.status in (403, 404), (kind, rule.rule, page.status)
    assert state() == before


def test_every_kind_of_question_is_in_what_is_attacked():
    kinds = {question["kind"] for section in EVERY_KIND["sections"] for question in section["questions"]}
    assert len(kinds) == 12
