"""Every component: translated to the last word, ids of its own, sound markup, what it promises in particular."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import html5lib
import pytest
from flask import Response

from civic.places import BOROUGHS
from tests.components.test_parity import EveryField
from tests.support.page import Page
from tests.support.words import is_english, leftovers

COMPONENTS = Path(__file__).parent.parent.parent / "templates" / "components"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VALUES = {borough.gss: None if i % 9 == 4 else i * 40 for i, borough in enumerate(BOROUGHS)}
ROWS = [{"label": "[Ýéš~]", "count": 60, "share": 0.6}, {"label": "[Ñö~]", "count": None, "share": None}]

# One drawing of every component, with every word of the caller's already translated: what is left in English is the component's own.
SAMPLES = {
    "back_link": "{{ back_link.back_link('/x') }}",
    "borough_map": "{{ borough_map.borough_map(values, '[Ç~]', '[Ħ~]', links={'E09000001': '/c'}, here='E09000002') }}"
    "{{ borough_map.borough_map() }}",
    "breadcrumbs": "{{ breadcrumbs.breadcrumbs([('[Ħ~]', '/')]) }}",
    "button": "{{ button.button('[Š~]') }}{{ button.button_link('[Š~]', '/') }}{{ button.start_button('[Š~]', '/') }}"
    "{{ button.post_button('[Š~]', '/x', fields={'a': 1}, label='[Ľ~]') }}{% call button.button_group() %}{% endcall %}",
    "chart": "{{ chart.chart('[Ħ~]', rows, '[Ç~]', sentence='[Š~]', csv='/c', note='[Ñ~]') }}",
    "contents": "{{ contents.contents([('[Á~]', '#main')]) }}",
    "details": "{{ details.details('[Š~]', '[Ţ~]') }}",
    "display_switcher": "{{ display_switcher.display_switcher('/d', [('theme', 'dark', '[Ď~]', true)]) }}",
    "email": "{{ email.email_button('[Ğ~]', 'http://localhost/x') }}{{ email.email_text('[Ţ~]') }}{{ email.email_code('K7-92') }}",
    "empty_state": "{{ empty_state.empty_state('[Ñ~]', '[Ţ~]', '/x', '[Ğ~]') }}",
    "error_summary": "{{ error_summary.error_summary(errors=[('[É~]', '#x')]) }}",
    "field": "{% for f in form %}{{ field.field(f, label='[Ľ~]', hint='[Ħ~]', limit=80, autocomplete='off', divider='no') }}{% endfor %}",
    "fieldset": "{% call fieldset.fieldset('[Ľ~]') %}{% endcall %}",
    "inset_text": "{{ inset_text.inset_text('[Ţ~]') }}",
    "language_switcher": "{{ language_switcher.language_switcher(alternates(), 'xx') }}",
    "mark": "{{ mark.mark() }}",
    "notification_banner": "{% for k in ('info', 'success', 'warning') %}"
    "{{ notification_banner.notification_banner('[Ţ~]', k, k) }}{% endfor %}",
    "pagination": "{{ pagination.pagination('/a', '/b') }}",
    "panel": "{{ panel.panel('[Ţ~]', '[Ƀ~]', code='7KQ2-M9') }}",
    "progress": "{{ progress.progress('[Ŵ~]', 12, 20) }}{{ progress.progress('[Ŵ~]', 0, 0) }}{{ progress.progress('[Ŵ~]', 9, 3) }}",
    "quote": "{{ quote.quote('[Ţ~]') }}{{ quote.quote('Żółw', 'pl') }}{{ quote.quote('سلحفاة', 'ar') }}",
    "rows": "{% call rows.row_list() %}{{ rows.row('[Ţ~]', '/', '[Ľ~]', '[Ƥ~]', '[Š~]', 'green', '[Ľ~]', '[Ñ~]') }}{% endcall %}",
    "stage": "{{ stage.stage(['[Á~]', '[Ƀ~]'], 1) }}{{ stage.timeline([{'at': now, 'title': '[Ţ~]', 'text': '[Ẋ~]'}]) }}",
    "stat": "{% call stat.stats() %}{{ stat.stat('15,204', '[Ŵ~]') }}{% endcall %}",
    "summary_list": "{{ summary_list.summary_list([{'key': '[Ķ~]', 'value': '[Ṽ~]', 'href': '/x'}, ('[Ķ~]', '[Ṽ~]')]) }}",
    "table": "{{ table.table('[Ç~]', ['[Á~]', {'text': '[Ƀ~]', 'numeric': true}], [['[Ẋ~]', 1]]) }}{{ table.table('[Ç~]', ['[Á~]'], []) }}",
    "tag": "{{ tag.tag('[Ţ~]') }}",
    "task_list": "{{ task_list.task_list([{'title': '[Ţ~]', 'href': '/', 'hint': '[Ħ~]', 'status': '[Š~]', 'colour': 'green'}]) }}",
    "time": "{{ time.moment(now) }}{% for at in moments %}{{ time.time_left(at, now) }} {% endfor %}",
    "warning_text": "{{ warning_text.warning_text('[Ţ~]') }}",
}
OTHERS = {"question"}  # the survey room's own, tested there


def page_of(html: str) -> Page:
    """A page that holds only these components."""
    return Page(Response(f'<!DOCTYPE html><html lang="en-x-long"><title></title><body>{html}', mimetype="text/html"))


def sample(workshop, draw, name: str, language: str = "en") -> str:
    with workshop.test_request_context():
        form = EveryField()
    moments = [NOW + each for each in (timedelta(0), timedelta(minutes=5), timedelta(hours=20), timedelta(days=6))]
    source = SAMPLES[name]
    return draw(source, name, language=language, form=form, values=VALUES, rows=ROWS, moments=moments)


def test_every_component_has_its_sample():
    assert {path.stem for path in COMPONENTS.glob("*.html") if not path.stem.startswith("_")} - OTHERS == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_word_of_a_component_stays_english(workshop, draw, name):
    """Fields' own labels and choices belong to their forms; those of the sample are left out."""
    html = sample(workshop, draw, name, "xx")
    own = [each for each in leftovers(page_of(html)) if not re.search(r"Camden|Brent|Bus|Bike|Rather|Parks|None", each)]
    assert own == []


def test_the_search_for_english_finds_it():
    assert list(leftovers(page_of("<p>Send</p>")))
    assert is_english("Send")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_ids_are_unique_and_references_land(workshop, draw, name):
    html = sample(workshop, draw, name)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for target in " ".join(re.findall(rf'\s{attribute}="([^"]+)"', html)).split():
            assert target in ids, (attribute, target)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_markup_is_sound(workshop, draw, name, language):
    parser = html5lib.HTMLParser(strict=True)
    parser.parseFragment(sample(workshop, draw, name, language), container="div")


def test_text_of_people_is_escaped(draw):
    evil = '"><script>alert(1)</script>'
    for source, name in (
        ("{{ rows.row(evil, evil, evil, evil, evil, '', evil, evil) }}", "rows"),
        ("{{ chart.chart(evil, [{'label': evil, 'count': 1, 'share': 1.0}], evil) }}", "chart"),
        ("{{ table.table(evil, [evil], [[evil]]) }}", "table"),
        ("{{ summary_list.summary_list([(evil, evil)]) }}", "summary_list"),
        ("{{ error_summary.error_summary(errors=[(evil, '#x')]) }}", "error_summary"),
    ):
        assert "<script" not in draw(source, name, evil=evil)


def test_a_textarea_keeps_the_blank_line_that_was_typed_first(workshop, draw):
    with workshop.test_request_context(method="POST", data={"story": "\nsecond line"}):
        form = EveryField()
        form.story.data = "\nsecond line"
        form.story.raw_data = None
    assert ">\n\nsecond line</textarea>" in draw("{{ field.field(form.story) }}", "field", form=form)


def test_the_character_count_speaks_every_plural_form(workshop, draw):
    with workshop.test_request_context():
        form = EveryField()
    html = draw("{{ field.field(form.story, limit=200) }}", "field", form=form)
    for category in ("zero", "one", "two", "few", "many", "other"):
        assert f'data-i18n.characters-under-limit.{category}="You have %{{count}} character' in html
    assert 'data-i18n.characters-under-limit.one="You have %{count} character remaining"' in html


def test_a_password_is_never_written_back(workshop, draw):
    with workshop.test_request_context(method="POST", data={"password": "correct horse battery"}):
        form = EveryField()
        html = draw("{{ field.field(form.password, autocomplete='new-password') }}", "field", form=form)
    assert "correct horse" not in html


def test_time_left_is_said_in_words(draw):
    def left(**span: int) -> str:
        return draw("{{ time.time_left(at, now) }}", "time", at=NOW + timedelta(**span)).strip()

    assert [left(days=6), left(days=2), left(hours=20), left(minutes=5), left(seconds=5), left(seconds=-1)] == [
        "6 days left", "2 days left", "20 hours left", "5 minutes left", "1 minute left", "Closed",
    ]  # fmt: skip


def test_a_suppressed_figure_is_said_to_be_hidden_and_never_drawn(draw):
    html = draw("{{ chart.chart('x', rows, 'y') }}", "chart", rows=ROWS)
    assert html.count("civic-chart__length") == 1
    assert html.count("Not shown") == 2


def test_the_map_never_stands_alone(draw):
    html = draw("{{ borough_map.borough_map(values, 'Answers', 'Most in the south') }}", "borough_map", values=VALUES)
    assert html.count('<th scope="row"') == 33
    assert 'aria-hidden="true"' in html


def test_components_cost_little(workshop, draw):
    """A page of twenty questions in a millisecond: `performance.md`. Ten times that is the alarm, for busy machines."""
    with workshop.test_request_context():
        form = EveryField()
    source = "{% for i in range(10) %}{{ field.field(form.name) }}{{ field.field(form.travel) }}{% endfor %}"
    draw(source, "field", form=form)
    from flask import g

    from civic.core.i18n import DEFAULT

    with workshop.test_request_context():
        g.language = DEFAULT
        template = workshop.jinja_env.from_string("{% import 'components/field.html' as field %}" + source)
        best = min(_timed(template, form) for _ in range(20))
    assert best < 0.010


def _timed(template, form) -> float:
    start = time.perf_counter()
    template.render(form=form)
    return time.perf_counter() - start
