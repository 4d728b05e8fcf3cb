"""Campaigns of the past come in by the thousand, and what does not fit is said line by line."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.importing.command import import_campaigns
from civic.crowdfund.importing.reading import COLUMNS, Refused, missing_columns, read
from civic.crowdfund.models import Campaign, CampaignTotal

ROMFORD = {
    "key": "colour-in-romford",
    "title": "Colour in Romford",
    "borough": "Havering",
    "target": "£24,667",
    "raised": "24701",
    "mayors_pledge": "11000",
    "backers": "44",
    "opened": "2016-05-01",
    "closed": "2016-08-27",
    "outcome": "funded",
    "kind": "Arts & Culture",
    "impacts": "economy; Arts, culture, heritage",
}


def test_a_line_becomes_a_campaign_with_its_sums_to_the_penny():
    past = read(ROMFORD)
    assert (past.pledged, past.match, past.target) == (GBP(13_701), GBP(11_000), GBP(24_667))
    assert (past.borough, past.kind, past.status) == ("E09000016", "arts_culture", "funded")
    assert past.closed_at.isoformat() == "2016-08-27T22:59:00+00:00"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"key": ""}, "key"),
        ({"title": " "}, "title"),
        ({"currency": "USD"}, "currency"),
        ({"outcome": "live"}, "outcome"),
        ({"target": "0"}, "target"),
        ({"target": "-5"}, "target"),
        ({"target": "NaN"}, "target"),
        ({"target": "1e309"}, "target"),
        ({"raised": "0.001"}, "parts of a penny"),
        ({"raised": "10000"}, "more than was raised"),
        ({"closed": "27/08/2016"}, "closed"),
        ({"opened": "2017-01-01"}, "closed before it opened"),
        ({"backers": "many"}, "backers"),
    ],
)
def test_what_cannot_be_a_finished_campaign_is_refused_with_its_reason(change, reason):
    with pytest.raises(Refused, match=reason):
        read(ROMFORD | change)


def test_what_can_be_left_out_is_left_out_with_a_remark():
    past = read(ROMFORD | {"borough": "Slough", "kind": "Games", "language": "English", "title": "x" * 300})
    assert (past.borough, past.kind, past.language, len(past.title)) == (None, "", "en", 200)
    assert len(past.notices) == 4


@given(st.dictionaries(st.sampled_from(list(COLUMNS)), st.text(max_size=40)))
def test_any_line_is_read_or_refused_and_nothing_else(line):
    try:
        past = read(ROMFORD | line)
    except Refused:
        return
    assert past.target.minor > 0 and past.pledged.minor >= 0


def test_the_documentation_names_every_column_and_no_other():
    table = Path("docs/import-campaigns.md").read_text(encoding="utf-8")
    told = {
        line.split("|")[1].strip(" `"): line.split("|")[2].strip()
        for line in table.splitlines()
        if line.startswith("| `")
    }
    assert told == {name: "yes" if needed else "no" for name, needed in COLUMNS.items()}


def test_a_file_without_a_needed_column_is_refused_whole():
    assert missing_columns(["key", "title", "Target "]) == ["raised", "closed", "outcome"]


@pytest.fixture
def run(isolated, tmp_path):
    def with_lines(lines, *options):
        file = tmp_path / "past.csv"
        out = io.StringIO()
        writer = csv.DictWriter(out, list(COLUMNS))
        writer.writeheader()
        writer.writerows(lines)
        file.write_text(out.getvalue(), encoding="utf-8")
        return isolated.test_cli_runner().invoke(import_campaigns, [str(file), *options])

    return with_lines


def test_the_same_file_twice_changes_nothing_and_bad_lines_do_not_stop_good_ones(run):
    lines = [
        ROMFORD,
        ROMFORD | {"key": "other", "outcome": "failed", "raised": "11000"},
        ROMFORD | {"key": "bad", "target": "?"},
    ]
    first, second = run(lines), run(lines)
    assert "2 campaigns imported" in first.output and "line 4: target is not an amount" in first.output
    assert "0 campaigns imported" in second.output and "2 were already there" in second.output
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 2
    failed = db.session.execute(
        select(Campaign, CampaignTotal).join(CampaignTotal).where(Campaign.external_key == "other")
    ).one()
    assert (failed.Campaign.status, failed.CampaignTotal.collected_minor, failed.CampaignTotal.match_minor) == (
        "failed",
        0,
        1_100_000,
    )


def test_a_dry_run_keeps_nothing(run):
    assert "1 campaigns would be imported" in run([ROMFORD], "--dry-run").output
    assert db.session.scalar(select(func.count()).select_from(Campaign)) == 0
