"""What is kept about people in the files of public money; printed as the privacy notice."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.grants import models

STAFF = _l("Public task")
KEEP = _l("Six years after the award ended, as the accounts are kept")

_BY_STAFF = (
    (models.Fund, "created_by_id", _l("Funds you began as a member of staff"), _l("Which fund, and when")),
    (
        models.BudgetChange,
        "proposed_by_id",
        _l("Changes of budgets you proposed as a member of staff"),
        _l("Which fund, how much, by which decision, why and when"),
    ),
    (
        models.BudgetChange,
        "booked_by_id",
        _l("Changes of budgets you booked or declined as a member of staff"),
        _l("Which fund, how much, by which decision and when"),
    ),
    (
        models.Allotment,
        "made_by_id",
        _l("Money you set aside as a member of staff"),
        _l("For what, how much, why and when"),
    ),
    (
        models.Delegation,
        "user_id",
        _l("The grades of authority given to you"),
        _l("Which grade, its limit, why, since when and until when"),
    ),
    (
        models.Delegation,
        "given_by_id",
        _l("Grades of authority you gave to others"),
        _l("To whom, which grade, why and when"),
    ),
    (models.Delegation, "ended_by_id", _l("Grades of authority you ended"), _l("Whose, which grade and when")),
    (
        models.Decision,
        "recommended_by_id",
        _l("Recommendations you wrote as a member of staff"),
        _l("For what, how much, your reasons and when"),
    ),
    (
        models.Decision,
        "decided_by_id",
        _l("Decisions about public money you took as a member of staff"),
        _l("About what, how much, the number, your reasons and when"),
    ),
    (
        models.ConsulteeView,
        "consultee_id",
        _l("Views you gave when you were consulted"),
        _l("On what, what you said and when"),
    ),
    (
        models.Agreement,
        "made_by_id",
        _l("Funding agreements you drafted"),
        _l("For which award, which version and when"),
    ),
    (
        models.Instalment,
        "instructed_by_id",
        _l("Payments you gave the instruction for"),
        _l("To whom, how much and when"),
    ),
    (
        models.Instalment,
        "paid_by_id",
        _l("Payments of awards you recorded"),
        _l("To whom, how much, the bank’s reference and when"),
    ),
    (models.Report, "read_by_id", _l("Reports of recipients you read"), _l("Which report, your answer and when")),
    (
        models.Repayment,
        "asked_by_id",
        _l("Repayments you asked for as a member of staff"),
        _l("From whom, how much, why and when"),
    ),
    (models.Repayment, "approved_by_id", _l("Repayments you approved"), _l("From whom, how much and when")),
    (
        models.Repayment,
        "received_by_id",
        _l("Repayments you recorded"),
        _l("From whom, how much, the bank’s reference and when"),
    ),
)
_BY_RECIPIENTS = (
    (
        models.Award,
        "person_id",
        _l("Public money given to you"),
        _l("For what, how much, on which conditions, what was paid and what came of it; all of it is public"),
    ),
    (
        models.Agreement,
        "recipient_signed_by_id",
        _l("Funding agreements you signed for a recipient"),
        _l("Your name and position, which version and when"),
    ),
    (
        models.Agreement,
        "authority_signed_by_id",
        _l("Funding agreements you signed for the authority"),
        _l("Your name and position, which version and when"),
    ),
    (models.Instalment, "claimed_by_id", _l("Instalments you claimed"), _l("Which one, what you wrote and when")),
    (models.Instalment, "confirmed_by_id", _l("Payments you confirmed"), _l("Which one and when")),
    (
        models.Report,
        "submitted_by_id",
        _l("Reports you wrote about public money"),
        _l("What was done and spent, and when"),
    ),
    (models.GrantPaper, "added_by_id", _l("Evidence you sent about public money"), _l("The file, its title and when")),
)

CARDS = [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("So that several people stand behind every decision and payment of public money"),
        basis=STAFF,
        keep=KEEP,
    )
    for model, person, title, fields in _BY_STAFF
] + [
    PersonalData(
        model,
        person,
        title=title,
        fields=fields,
        purpose=_l("To give public money on conditions, and to show what it was used for"),
        basis=STAFF,
        keep=KEEP,
    )
    for model, person, title, fields in _BY_RECIPIENTS
]
