"""What a test's agreement says besides, made of what was planned."""

from collections.abc import Sequence

from flask_babel import gettext as _

from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.plans import MORE, Step
from civic.challenge.testing.rules.subsidy import CEILING, KEPT_YEARS
from civic.challenge.testing.wording import CATEGORIES
from civic.core.i18n import format_date, money_text


def sections(test: TestGrant, steps: Sequence[Step] | None = None) -> list[tuple[str, list[str]]]:
    """(heading, paragraphs) in Markdown; `steps` where a change makes the coming milestones others."""
    return [
        (_("The milestones"), _milestones(test, steps)),
        (_("The budget"), _budget(test)),
        (_("Minimal financial assistance"), _subsidy(test)),
        (_("Changing or stopping the test"), _changing()),
    ]


def _milestones(test: TestGrant, steps: Sequence[Step] | None) -> list[str]:
    known = [each for each in queries.milestones_of(test.id) if each.status != "cancelled"]
    told = [each.step for each in known if steps is None or each.status != "planned"] + list(steps or ())
    rows = [
        f"{number}. "
        + _(
            "%(title)s, by %(day)s: %(amount)s. You show: %(evidence)s",
            title=each.title,
            day=format_date(each.due_on),
            amount=money_text(each.amount),
            evidence=each.evidence,
        )
        for number, each in enumerate(told, 1)
    ]
    partner = test.challenge.partner
    return [
        _("You test your solution in these steps. Each is paid once it is reached:"),
        "\n".join(rows),
        _(
            "You hand the evidence in on the page of the test. %(partner)s looks at it and signs it off, or says what is missing.",
            partner=partner.name if partner else _("The partner"),
        ),
    ]


def _budget(test: TestGrant) -> list[str]:
    rows = [
        f"* {each.title} ({CATEGORIES[each.category]}): {money_text(each.amount)}"
        for each in queries.lines_of(test.id)
        if each.amount
    ]
    return [
        _("You spend the grant on:"),
        "\n".join(rows),
        _(
            "If a line would cost more than %(most)s per cent over its budget, you ask us for a change first.",
            most=MORE,
        ),
    ]


def _subsidy(test: TestGrant) -> list[str]:
    return [
        _(
            "This grant is minimal financial assistance under section 36 of the Subsidy Control Act 2022. Its gross value is "
            "%(gross)s. You have confirmed in writing that you stay within the ceiling of %(ceiling)s.",
            gross=money_text(test.grant),
            ceiling=money_text(CEILING),
        ),
        _(
            "On the day on which this agreement is in force we confirm the assistance to you. Keep a record of it for at least "
            "%(years)s years.",
            years=KEPT_YEARS,
        ),
    ]


def _changing() -> list[str]:
    return [
        _(
            "If the solution must change (a pivot), you, the partner and we agree to it in writing on the page of the test. "
            "Other days or sums need a new version of this agreement."
        ),
        _("Each side can ask that the test stops. What was paid and is not spent then goes back."),
    ]
