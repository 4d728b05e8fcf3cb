"""The sheet of pictures for whoever reviews a translation: each page and state at two widths, and what could not be reached."""

import pytest

from civic.core.db import db
from scripts import screenshots
from scripts.screenshots import Shot

pytestmark = pytest.mark.browser


def test_pages_and_states_are_taken_at_two_widths_and_laid_on_one_sheet(shared, chrome, address, make, tmp_path):
    make.survey(slug="cleaner-streets")
    db.session.commit()
    page = chrome.new_context(base_url=address).new_page()
    refused = next(each for each in screenshots.SHOTS if each.name == "Sign in: nothing typed")
    asked = next(each for each in screenshots.SHOTS if each.name == "A survey: its first page")
    nowhere = Shot("A campaign", "/campaigns", ("first",))
    found = [(shot, shot.path, screenshots.take(page, shot, "ar", tmp_path)) for shot in (refused, asked)]
    page.context.close()
    assert [[width for width, _file, _off in taken] for _shot, _path, taken in found] == [[1280, 320], [1280, 320]]
    assert not any(runs_off for _shot, _path, taken in found for _width, _file, runs_off in taken)
    assert all((tmp_path / file).stat().st_size > 5000 for _shot, _path, taken in found for _width, file, _off in taken)
    sheet = screenshots.sheet("ar", [*found, (nowhere, "/ar/campaigns", [])])
    assert "<h1>Screenshots: <span lang='ar'>العربية</span></h1>" in sheet
    assert "alt='Sign in: nothing typed, 320 pixels wide'" in sheet
    assert "This state could not be reached in the data that is there." in sheet


def test_every_shot_has_a_name_of_its_own_and_begins_at_a_page(app):
    names = [each.name for each in screenshots.SHOTS]
    assert len(names) == len(set(names))
    adapter = app.url_map.bind("localhost")
    with app.app_context():
        for each in screenshots.SHOTS:
            if each.name != "A page that is not there":
                assert adapter.match("/en" + each.path.split("?")[0], method="GET"), each.path
