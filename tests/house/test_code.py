"""What is declared about the code itself: the arrows of the house, the size of a file, nobody else's files, words for every setting."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from civic.cli import settings_table
from civic.config import SETTINGS

ROOT = Path(__file__).parent.parent.parent
CODE = (".py", ".html", ".js", ".mjs", ".scss", ".css", ".txt", ".toml", ".md", ".yaml", ".yml", ".json", ".sh", "")
# Long by nature: catalogues and what tools write.
GROWN = re.compile(
    r"^(translations/|civic/migrations/versions/|frontend/package-lock\.json$|docs/|requirements[\w-]*\.txt$|benchmarks/latest\.md$|tests/journeys/golden/|.*\.(csv|xlsx|po|pot)$)"
)
REGISTRY = re.compile(
    r"https?://(registry\.|[\w.-]*pypi|files\.pythonhosted|[\w.-]*npmjs|[\w.-]*(artifactory|nexus|proxy)[\w.-]*)",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"(^|/)(node_modules|vendor)/|\.(woff2?|ttf|otf|eot|jar|min\.(js|css)|mo|pyc|so|dll|exe|whl)$")
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right)\b|(left|right)\s*:|text-align\s*:\s*(left|right)\b|float\s*:\s*(left|right)\b)"
)


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    """Every file in the repository, with those that are about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.suffix in CODE and path.stat().st_size < 2_000_000 else ""


def test_the_arrows_of_the_house_hold():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_has_more_than_400_lines(committed):
    long = {
        name(path): lines
        for path in committed
        if not GROWN.match(name(path)) and (lines := text_of(path).count("\n")) > 400
    }
    assert not long, f"split by noun: {long}"


def test_nobody_elses_file_is_committed(committed):
    assert [name(path) for path in committed if FOREIGN.search(name(path))] == []


def test_no_address_of_a_registry_is_committed(committed):
    found = {name(path): REGISTRY.findall(text_of(path)) for path in committed if path != Path(__file__)}
    assert {where: what for where, what in found.items() if what} == {}


def test_no_path_of_somebodys_machine_is_committed(committed):
    machine = re.compile(r"(?<![\w.])/(home|root|Users|work)/[\w.-]+/")
    assert [name(path) for path in committed if path != Path(__file__) and machine.search(text_of(path))] == []


def test_our_styles_know_no_left_and_right(committed):
    sheets = [path for path in committed if path.suffix in (".scss", ".css")]
    found = [
        f"{name(path)}: {each.group()}"
        for path in sheets
        for each in PHYSICAL.finditer(re.sub(r"//.*|/\*.*?\*/", "", text_of(path), flags=re.S))
    ]
    assert found == []


def test_every_setting_is_explained():
    page = ROOT / "docs" / "settings.md"
    assert page.exists(), "write it: flask civic settings > docs/settings.md"
    assert page.read_text().strip() == settings_table().strip(), (
        "write it again: flask civic settings > docs/settings.md"
    )
    assert all(each.meaning.endswith((".", ")")) for each in SETTINGS)


# Mail programs read inline styles and nothing else.
MAIL = ("templates/emails/", "templates/components/email.html")


def test_every_setting_that_the_code_asks_the_environment_for_is_declared(committed):
    asked = re.compile(r"environ(?:\.get)?[\[(]\s*[\"']([A-Z_]+)[\"']")
    declared = {each.name for each in SETTINGS}
    found = {each for path in committed if name(path).startswith("civic/") for each in asked.findall(text_of(path))}
    assert found <= declared


def test_templates_hold_no_style_script_or_handler_of_their_own(committed):
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)(?![^>]*json)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    pages = [path for path in committed if name(path).startswith("templates/") and not name(path).startswith(MAIL)]
    assert [f"{name(path)}: {each.group()}" for path in pages for each in inline.finditer(text_of(path))] == []


def test_every_template_is_drawn_by_somebody(committed):
    found = (
        re.match(r"templates/(?!emails/|errors/|components/)(.*\.(?:html|txt))$", name(path)) for path in committed
    )
    pages = [each.group(1) for each in found if each]
    everything = "\n".join(text_of(path) for path in committed if name(path).startswith(("civic/", "templates/")))
    words = set(re.findall(r"""["']([\w./-]+)["']""", everything))
    assert [each for each in pages if each not in words and Path(each).stem not in words] == []
