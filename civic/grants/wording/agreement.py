"""The first text of a funding agreement, in plain words, made of what is known; an officer changes it before it is offered."""

from collections.abc import Iterator
from dataclasses import replace

from flask import current_app
from flask_babel import gettext as _

from civic.core.announcements import announce
from civic.core.i18n import format_date, format_datetime, money_text
from civic.grants import events
from civic.grants.queries.file import AwardFile
from civic.grants.rules.amounts import Amounts
from civic.grants.wording.states import REPORT_KINDS


def first_text(file: AwardFile) -> str:
    """All sections, as Markdown."""
    begins = events.AgreementBegins(file.award.id, file.award.subject)
    announce(begins)
    if begins.instalments:
        file = replace(file, instalments=begins.instalments)
    sections = (
        (_("Who we are"), _who(file)),
        (_("What the money is for"), _what_for(file)),
        (_("How much, and when"), _how_much(file)),
        *begins.sections,
        (_("Conditions"), _conditions(file)),
        (_("What you tell us"), _reports(file)),
        (_("How you speak about it"), _publicity(file)),
        (_("When something changes"), _changes(file)),
        (_("Money that is not spent"), _unspent(file)),
        (_("When we ask for money back"), _reclaim(file)),
        (_("Papers you keep"), _records(file)),
        (_("When this agreement ends"), _ending(file)),
    )
    parts = [part for title, words in sections for part in (f"## {title}", *words)]
    return "\n\n".join(parts) + "\n"


def amounts_text(amounts: Amounts) -> str:
    """An amount in words of its two parts, or of the one that there is."""
    total = money_text(amounts.total)
    if not amounts.revenue:
        return _("%(total)s, all of it capital", total=total)
    if not amounts.capital:
        return _("%(total)s, all of it revenue", total=total)
    return _(
        "%(total)s: %(capital)s for capital and %(revenue)s for revenue",
        total=total,
        capital=money_text(amounts.capital),
        revenue=money_text(amounts.revenue),
    )


def _authority() -> str:
    return str(current_app.config["OWNER_NAME"])


def _who(file: AwardFile) -> Iterator[str]:
    award = file.award
    yield _(
        "This agreement is between the %(authority)s (“we”) and %(recipient)s (“you”). It is about money of the fund “%(fund)s”.",
        authority=_authority(),
        recipient=award.recipient,
        fund=award.pot.fund.title,
    )
    numbers = ", ".join(each.number for each in file.taken)
    if numbers:
        yield _("The money was given by decision %(numbers)s.", numbers=numbers)


def _what_for(file: AwardFile) -> Iterator[str]:
    yield f"**{file.award.title}**"
    if file.award.summary:
        yield file.award.summary
    yield _("You use the money for this project and for nothing else.")
    yield _(
        "Capital is for what lasts, such as building, planting and equipment. Revenue is for what is used up, such as "
        "people’s time, workshops and hire. You do not use one for the other."
    )


def _how_much(file: AwardFile) -> Iterator[str]:
    yield _("We give you %(amounts)s.", amounts=amounts_text(file.award.amounts))
    rows = [each for each in file.instalments if each.status != "cancelled"]
    if rows:
        yield _("We pay in these instalments, each once its condition is met and you have claimed it:")
        yield "\n".join(
            f"{number}. "
            + _(
                "%(title)s: %(amounts)s, about %(day)s.",
                title=each.title,
                amounts=amounts_text(each.amounts),
                day=format_date(each.due_on),
            )
            + (f" {each.condition}" if each.condition else "")
            for number, each in enumerate(rows, 1)
        )
    yield _("We pay by bank transfer into your organisation’s account. Tell us when a payment has arrived.")


def _conditions(file: AwardFile) -> Iterator[str]:
    yield file.award.conditions or _("There are no conditions besides those of the instalments.")
    yield _("You keep the law, and you have the permissions and the insurance that the project needs.")
    yield _("You treat everybody fairly, and you keep children and adults at risk safe.")


def _reports(file: AwardFile) -> Iterator[str]:
    rows = [each for each in file.reports if each.status != "waived"]
    if rows:
        yield _("You send us short reports on what was done and what was spent:")
        yield "\n".join(
            "* " + _("%(kind)s, by %(day)s", kind=str(REPORT_KINDS[each.kind]), day=format_date(each.due_on))
            for each in rows
        )
    else:
        yield _("You send us a short final report on what was done and what was spent.")
    yield _("You let us see the project and its papers when we ask.")


def _publicity(file: AwardFile) -> Iterator[str]:
    yield _(
        "Where you speak about the project in public, you say that the %(authority)s supports it.",
        authority=_authority(),
    )
    yield _(
        "We publish this award: the amount, the decision, the conditions, what was paid and what came of it. "
        "The names of private persons are not published."
    )


def _changes(file: AwardFile) -> Iterator[str]:
    yield _("You tell us at once when the project changes, is late, costs less or more, or cannot go on.")
    yield _("This agreement changes only by a new version that both sides have signed.")


def _unspent(file: AwardFile) -> Iterator[str]:
    yield _("What you do not spend on the project goes back to us within 30 days after we ask for it.")


def _reclaim(file: AwardFile) -> Iterator[str]:
    yield _("We can stop payments and ask for money back if:")
    yield "\n".join(
        f"* {reason}"
        for reason in (
            _("it was used for something else"),
            _("what you told us was not true"),
            _("the conditions were not kept, and you did not put it right within 30 days after we asked you to"),
            _("you stop working, or are wound up, before the project is done"),
        )
    )
    yield _("Two people decide that, neither of them alone, and you can tell us your side first.")


def _records(file: AwardFile) -> Iterator[str]:
    yield _("You keep invoices, receipts and other papers about the money for six years after the project has ended.")


def _ending(file: AwardFile) -> Iterator[str]:
    yield _("The agreement is in force once both sides have signed it. It ends when everything is paid and reported.")
    if file.award.expires_at and file.award.status == "due":
        day = format_datetime(file.award.expires_at)
        yield _("If both sides have not signed by %(day)s, the offer ends by itself.", day=day)
    yield _("What is said about papers, about unspent money and about asking for money back holds after that as well.")
