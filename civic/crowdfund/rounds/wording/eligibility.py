"""Conditions in words: what each kind asks, why one does not hold, and a sentence to begin with."""

from typing import Any

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.wording import KIND_NAMES, Words
from civic.core.i18n import current, format_number, money_text
from civic.core.money import Money

KINDS: Words = {
    "in_london": _l("The project is in Greater London"),
    "organisation_kinds": _l("Kinds of organisations"),
    "organisation_verified": _l("The organisation is verified"),
    "individuals": _l("Whether individuals may apply"),
    "referee": _l("Individuals bring a letter of reference"),
    "campaign_live": _l("The campaign is open for pledges in time"),
    "campaign_closes": _l("The campaign closes in time"),
    "ask_at_most": _l("The most that may be asked for"),
    "share_at_most": _l("The largest share of the cost"),
    "within_costs": _l("No more of each kind of money than it costs"),
    "turnover_below": _l("A turnover below a sum"),
    "yes_to": _l("A question must be answered with yes"),
}
KIND_HINTS: Words = {
    "in_london": _l("A borough is chosen, for the campaign or for the project."),
    "organisation_kinds": _l("You choose which. Individuals cannot meet it."),
    "organisation_verified": _l("Our staff have seen its papers. Individuals are not asked."),
    "individuals": _l("You choose yes or no."),
    "referee": _l("A file and a name. Organisations are not asked."),
    "campaign_live": _l("By the date that you set. Without a campaign it cannot be met."),
    "campaign_closes": _l("By the date for targets. Without a campaign it cannot be met."),
    "ask_at_most": _l("You enter the sum."),
    "share_at_most": _l("You enter the percentage of the project’s whole cost."),
    "within_costs": _l("Capital and revenue are compared with the campaign’s costs, each with its own."),
    "turnover_below": _l("You enter the sum. Applicants are asked for their turnover."),
    "yes_to": _l("You choose one of the round’s yes-or-no questions."),
}
WHY: Words = {
    "individual": _l("You apply for yourself, and this is for organisations."),
    "kind": _l("Your organisation is of another kind."),
    "not_verified": _l("Our staff have not verified your organisation yet."),
    "no_referee": _l("There is no letter yet of somebody who knows you."),
    "no_borough": _l("No borough is chosen yet."),
    "no_campaign": _l("There is no campaign in this application."),
    "not_live": _l("Your campaign is not open for pledges yet."),
    "live_too_late": _l("Your campaign opened after the day that this round sets."),
    "closes_too_late": _l("Your campaign closes after the day that this round sets."),
    "no_ask": _l("You have not said yet how much you ask for."),
    "asks_too_much": _l("You ask for more."),
    "share_too_large": _l("You ask for a larger share of the cost."),
    "beyond_costs": _l("You ask for more of one kind of money than your project needs of it."),
    "no_turnover": _l("You have not said yet what your turnover is."),
    "turnover": _l("Your turnover is higher."),
    "not_said_yes": _l("You have not answered this with yes."),
}


def proposal(kind: str, value: Any, question: str = "") -> str:
    """A sentence for a condition, in the language spoken now; the officer may change every word."""
    if kind == "organisation_kinds":
        names = format_list([str(KIND_NAMES[each]) for each in value], style="or", locale=current().locale)
        return _("You apply for an organisation of one of these kinds: %(kinds)s.", kinds=names)
    if kind == "individuals":
        return (
            _("You may apply for yourself, without an organisation.") if value else _("Only organisations may apply.")
        )
    if kind == "ask_at_most":
        return _("You ask for %(sum)s at most.", sum=money_text(Money(value)))
    if kind == "share_at_most":
        return _("You ask for at most %(percent)s%% of what the project costs.", percent=format_number(value))
    if kind == "turnover_below":
        return _("Your turnover is less than %(sum)s a year.", sum=money_text(Money(value)))
    if kind == "yes_to":
        return _("You answer “yes” to this question: %(question)s", question=question)
    return {
        "in_london": _("The project happens in Greater London."),
        "organisation_verified": _("Our staff have verified your organisation."),
        "referee": _("If you apply for yourself, a local organisation that knows you writes a letter for you."),
        "campaign_live": _("Your campaign is open for pledges by the day that is named below."),
        "campaign_closes": _("Your campaign closes by the day for targets that is named below."),
        "within_costs": _(
            "You ask for no more capital than the project’s capital costs, and no more revenue than its revenue costs."
        ),
    }[kind]
