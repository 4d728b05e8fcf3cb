"""The build: no address in the lock file, the very files that pages name, both directions, fonts that exist."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
VENDOR = ROOT / "civic" / "static" / "vendor"


def test_the_lock_file_holds_no_addresses():
    text = (ROOT / "frontend" / "package-lock.json").read_text()
    assert "://" not in text
    assert not any("resolved" in package for package in json.loads(text)["packages"].values())


def test_every_package_is_pinned_by_its_contents():
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_every_file_that_a_style_sheet_names_is_there():
    for sheet in ("civic.css", "civic.rtl.css", "document.css"):
        text = (VENDOR / sheet).read_text()
        named = {each for each in re.findall(r"url\([\"']?([^\"')]+)", text) if not each.startswith("data:")}
        assert named
        assert [each for each in named if not (VENDOR / each).resolve().is_file()] == []
        assert not [each for each in named if "://" in each]


def test_nothing_of_govuks_reserved_identity_is_served():
    text = (VENDOR / "civic.css").read_text()
    assert "GDS Transport" not in text
    assert not [path for path in VENDOR.rglob("*") if "crown" in path.name or "light-94a" in path.name]


def test_the_right_to_left_sheet_is_a_mirror():
    left, right = ((VENDOR / name).read_text() for name in ("civic.css", "civic.rtl.css"))
    assert left != right
    assert left.count("{") == right.count("{")


def test_the_accessibility_checker_is_built_and_never_served():
    assert (ROOT / ".build" / "axe.min.js").exists()
    assert not list((ROOT / "civic" / "static").rglob("axe*"))


def test_our_own_files_carry_no_inline_script_or_style():
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        if path.parts[-2] == "emails" or "emails" in path.parts or path.name == "email.html":
            continue
        text = path.read_text()
        found += [(path.name, each) for each in re.findall(r"\s(style|on[a-z]+)=[\"']", text)]
        found += [(path.name, "<script>") for _ in re.findall(r"<script(?![^>]*\bsrc=)", text)]
    assert found == []
