"""What every column of the open data means, and the licence."""

from typing import Any

from flask_babel import lazy_gettext as _l

LICENCE = (
    _l("Open Government Licence v3.0"),
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
COLUMNS: list[tuple[str, Any]] = [
    ("id", _l("The award’s own name, which never changes")),
    ("title", _l("What the money is for, in the language it was written in")),
    ("description", _l("One or two sentences about it")),
    ("language", _l("The language of title, description and conditions")),
    ("currency", _l("Always GBP")),
    ("amount_capital", _l("What is given in all for what lasts, in pounds")),
    ("amount_revenue", _l("What is given in all for what is used up, in pounds")),
    ("amount_total", _l("Both together, in pounds")),
    ("decided_on", _l("Day of the first decision, in London")),
    ("announced_on", _l("Day on which it became public")),
    ("decisions", _l("Numbers of all decisions about it; of match funding there are none of its own")),
    ("conditions", _l("What must be kept")),
    ("recipient_id", _l("The recipient in the charity or company register, or in ours")),
    ("recipient", _l("Name of the organisation; persons are never named")),
    ("borough", _l("Where it happens")),
    ("borough_code", _l("The same as the code of the Office for National Statistics")),
    ("fund", _l("Which fund gives the money")),
    ("pot", _l("For which round or programme it was set aside")),
    ("state", _l("announced, due, agreed, completed, stopped or released")),
    ("paid", _l("What was paid so far, in pounds")),
    ("given_back", _l("What of that came back, in pounds")),
    ("outcome", _l("What came of it, once that is published")),
    ("note", _l("Where facts of earlier years come from, and what is not known")),
    ("url", _l("Where the award is shown")),
]
FIELDS: list[tuple[str, Any]] = [
    ("id, title, description, url", _l("As in the CSV")),
    ("currency, amountAwarded, amountDisbursed", _l("GBP; what is given in all; what was paid so far")),
    ("awardDate", _l("Day of the first decision")),
    ("plannedDates", _l("Day of the first planned payment and of the final report, where they are planned")),
    ("recipientOrganization", _l("Name, and number in the charity or company register")),
    ("recipientIndividual", _l("In its place where a person receives it; never with a name")),
    ("fundingOrganization", _l("Who gives the money")),
    ("beneficiaryLocation", _l("The borough where it happens")),
    ("grantProgramme", _l("The fund")),
]
