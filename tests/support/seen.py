"""What only a laid-out page tells: axe, keyboard, narrow windows, grown text, forced colours; each answers with its faults."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as BrowserPage

from tests.support.checks import Fault

Look = Callable[[BrowserPage], list[Fault]]
HERE = Path(__file__).parent
AXE = HERE.parent.parent / ".build" / "axe.min.js"
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # Off unless named, though each finds real barriers.
    "rules": {
        name: {"enabled": True}
        for name in (
            "target-size",
            "focus-order-semantics",
            "p-as-heading",
            "table-fake-caption",
            "heading-order",
            "empty-heading",
            "landmark-one-main",
            "landmark-unique",
            "label-title-only",
            "tabindex",
            "scope-attr-valid",
            "empty-table-header",
        )
    },
    "resultTypes": ["violations", "incomplete"],
}
# 1:1 contrast, or text over something that axe cannot see through, is only "incomplete" to it; to us it is a fault.
UNDECIDED = {"color-contrast"}
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-block-end: 2em !important }"
)
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@cache
def _source(name: str) -> str:
    path = AXE if name == "axe" else HERE / "js" / f"{name}.js"
    assert path.exists(), f"{path} is missing; `make test` builds it from frontend/"
    return path.read_text(encoding="utf-8") + "\n;0"


def prepare(page: BrowserPage, *names: str) -> None:
    """Bring the harness's own scripts into the page by the debugger, which no content security policy sees."""
    for name in ("common", *names):
        there = "axe" if name == "axe" else "harness" if name == "common" else f"harness?.{name}"
        if not page.evaluate(f"() => Boolean(window.{there})"):
            page.evaluate(_source(name))


def axe_faults(page: BrowserPage) -> list[Fault]:
    """What axe-core finds, WCAG 2.2 AA and the rules named above."""
    prepare(page, "axe")
    results = page.evaluate(
        """async (options) => {
          const found = await axe.run(document, options);
          const short = (rule) => rule.nodes.map((node) => ({
            rule: rule.id, target: node.target.join(' '), html: node.html.slice(0, 160),
            why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ').slice(0, 300) }));
          // GOV.UK's radios that reveal a field say so by aria-expanded: not in the letter of ARIA, kept because readers announce it.
          const reveals = (rule, node) => rule.id === 'aria-allowed-attr' && node.html.includes('govuk-radios__input')
            && [...node.any, ...node.all, ...node.none].every((check) => /: aria-expanded="/.test(check.message));
          const broken = found.violations.map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !reveals(rule, node)) }));
          const undecidedBecause = (node) => node.any.map((check) => check.data && check.data.messageKey);
          const judged = (node) => {
            const [why, element] = [undecidedBecause(node), document.querySelector(node.target.at(-1))];
            const seen = why.includes('pseudoContent') || (why.includes('elmPartiallyObscured') && harness.isOnTop(element));
            return seen && harness.standsOut(element);
          };
          const undecided = found.incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !judged(node)) }));
          return { violations: broken.flatMap(short), incomplete: undecided.flatMap(short) };
        }""",
        AXE_OPTIONS,
    )
    counted = results["violations"] + [each for each in results["incomplete"] if each["rule"] in UNDECIDED]
    return [Fault(each["rule"], f"{each['target']}: {each['why']}") for each in counted]


def keyboard_faults(page: BrowserPage) -> list[Fault]:
    """Walk through the page by Tab: skip link first, each stop in view, uncovered, in order, none missed, a way out."""
    prepare(page, "focus")
    _stand_at_the_beginning(page)
    expected = page.evaluate("() => harness.stops().length")
    positive = page.evaluate("() => harness.stops().filter((each) => each.tabIndex > 0).map(harness.label)")
    faults = [Fault("focus-order", f"{each} pushes itself forward by a positive tabindex") for each in positive]
    numbers, positions = [], []
    for step in range(expected + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate("() => harness.focus.stop()")
        if stop is None or (numbers and stop["number"] == numbers[0] and stop["number"] != numbers[-1]):
            break
        if stop["number"] in numbers:
            faults.append(Fault("keyboard-trap", f"Tab comes back to {stop['label']} and never leaves"))
            break
        faults += _stop_faults(stop, first=step == 0)
        if positions and 0 <= stop["position"] < max(positions):
            faults.append(Fault("focus-order", f"{stop['label']} comes after what stands below it"))
        numbers.append(stop["number"])
        positions.append(stop["position"])
    else:
        faults.append(Fault("keyboard-trap", f"the walk does not end after {expected + 20} steps"))
    missed = set(range(expected)) - set(positions)
    if missed and not any(each.rule == "keyboard-trap" for each in faults):
        names = page.evaluate("(missed) => missed.map((each) => harness.label(harness.stops()[each]))", sorted(missed))
        faults += [Fault("unreachable", f"Tab never comes to {name}") for name in names]
    return faults + focus_faults(page)


def _stop_faults(stop: dict[str, Any], *, first: bool) -> list[Fault]:
    found = []
    if first and not (stop["tag"] == "A" and (stop["href"] or "").startswith("#")):
        found.append(Fault("skip-link", f"the first stop is {stop['label']} and no link to the main part"))
    if not stop["inView"]:
        found.append(Fault("focus-not-in-view", f"{stop['label']} has focus out of sight"))
    elif stop["covered"]:
        found.append(Fault("focus-covered", f"{stop['label']} has focus underneath something"))
    return found


def _stand_at_the_beginning(page: BrowserPage) -> None:
    page.evaluate(
        """async () => {
          // A jump to an anchor that was asked for before gives its focus only with the next frame.
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          scrollTo(0, 0); document.body.tabIndex = -1; document.body.focus({ preventScroll: true });
          document.body.removeAttribute('tabindex'); }"""
    )


def focus_faults(page: BrowserPage) -> list[Fault]:
    """Every stop that looks the same with focus and without."""
    prepare(page, "focus")
    page.keyboard.press("Shift")  # what follows counts as keyboard use, as :focus-visible asks
    return [
        Fault("focus-unseen", f"focus changes nothing one can see on {each}")
        for each in page.evaluate("() => harness.focus.unseen()")
    ]


def reflow_faults(page: BrowserPage) -> list[Fault]:
    """A window of 320 CSS pixels: nothing beside it, nothing cut."""
    before = page.viewport_size or WIDE
    page.set_viewport_size(NARROW)
    try:
        return _layout(page, "reflow-320")
    finally:
        page.set_viewport_size(before)


def layout_faults(page: BrowserPage) -> list[Fault]:
    """The page in the window as it is."""
    return _layout(page, "layout")


def grown_faults(page: BrowserPage) -> list[Fault]:
    """Text at 200 %."""
    return _worn(page, "text-200", "html { font-size: 200% !important }")


def spacing_faults(page: BrowserPage) -> list[Fault]:
    """The text spacing of WCAG 1.4.12."""
    return _worn(page, "text-spacing", SPACING)


def _worn(page: BrowserPage, rule: str, style: str) -> list[Fault]:
    prepare(page, "layout")
    page.evaluate("([name, style]) => harness.wear(name, style)", [rule, style])
    try:
        return _layout(page, rule)
    finally:
        page.evaluate("() => harness.undress()")


def _layout(page: BrowserPage, rule: str) -> list[Fault]:
    prepare(page, "layout")
    found = page.evaluate(
        "() => [...harness.layout.sideways(), ...harness.layout.unreachable(), ...harness.layout.clipped()]"
    )
    return [Fault(rule, each) for each in found]


def forced_colour_faults(page: BrowserPage) -> list[Fault]:
    """High contrast of the device: controls keep an edge, focus stays visible."""
    prepare(page, "layout", "focus")
    page.emulate_media(forced_colors="active")
    try:
        edgeless = [
            Fault("forced-colours", f"no edge on {each}") for each in page.evaluate("() => harness.layout.edgeless()")
        ]
        return edgeless + [Fault("forced-colours", each.detail) for each in focus_faults(page)]
    finally:
        page.emulate_media(forced_colors="none")


def motion_faults(page: BrowserPage) -> list[Fault]:
    """Nothing moves for those who asked their device for stillness."""
    prepare(page, "layout")
    page.emulate_media(reduced_motion="reduce")
    try:
        return [Fault("motion", each) for each in page.evaluate("() => harness.layout.moving()")]
    finally:
        page.emulate_media(reduced_motion="no-preference")


def summary_faults(page: BrowserPage) -> list[Fault]:
    """Links of an error summary must put the reader into the field they speak of."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('.govuk-error-summary a')].map((link) => {
          const target = document.getElementById((link.getAttribute('href') || '').slice(1));
          if (!target) return `${link.innerText}: lands nowhere`;
          const control = target.matches('input,select,textarea,button');
          if (!control) return `${link.innerText}: lands on <${target.tagName.toLowerCase()}>, not on a control`;
          link.click();
          return document.activeElement === target ? '' : `${link.innerText}: focus does not arrive`;
        }).filter(Boolean)"""
    )
    return [Fault("error-summary", each) for each in found]


DEEP = (keyboard_faults, reflow_faults, grown_faults, spacing_faults, forced_colour_faults, motion_faults)


def deep_faults(page: BrowserPage, checks: Iterable[Look] = DEEP) -> list[Fault]:
    """Everything that costs about a second or two a page."""
    return [fault for check in checks for fault in check(page)]
