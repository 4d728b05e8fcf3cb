"""Where an award stands, in a sentence that says what happens next and who must do it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

STAGES: dict[str, Any] = {
    "proposed": _l("Recommended"),
    "approved": _l("Decided"),
    "announced": _l("Announced"),
    "due": _l("Target reached"),
    "agreed": _l("Agreed and paid"),
    "completed": _l("Complete"),
}
NEXT_FOR_STAFF: dict[str, Any] = {
    "decide": _l("It is recommended. Consultees give their views, then an approver decides."),
    "decide_change": _l("A change is recommended. Consultees give their views, then an approver decides."),
    "announce": _l("It is decided and not public yet. An officer announces it."),
    "target": _l("It is announced. It becomes due once the target is reached, and ends by itself if it is not."),
    "plan": _l("It is due. An officer plans the instalments and the reports, then writes the agreement."),
    "draft": _l("The instalments are planned. An officer writes the agreement."),
    "offer": _l("The agreement is drafted. An officer offers it to the recipient."),
    "renew": _l(
        "The award has changed since the agreement was offered. An officer takes it back and writes a new version."
    ),
    "recipient_signs": _l("The agreement is offered. The recipient signs next."),
    "authority_signs": _l("The recipient has signed. An approver signs for the authority next."),
    "check_claim": _l("The recipient has claimed an instalment. An officer checks the evidence next."),
    "pay": _l("There is an instruction to pay. A finance officer pays next."),
    "claim": _l("The agreement is in force. The recipient claims the next instalment once its condition is met."),
    "read_report": _l("The recipient has sent a report. An officer reads it next."),
    "report": _l("All is paid. The recipient sends a report next."),
    "approve_repayment": _l("Money is to go back. An approver decides about that next."),
    "repay": _l("Money was asked back. A finance officer records it when it comes."),
    "outcome": _l("All is paid and reported. An officer publishes what came of it."),
    "close": _l("Everything is there. An officer closes the file."),
    "done": _l("The file is closed: all is paid, reported and published."),
    "stopped": _l("It was stopped. Nothing more is paid."),
    "released": _l("It ended before anything was paid. The money is in its pot again."),
    "refused": _l("The recommendation was refused. Nothing is given."),
    "withdrawn": _l("The recommendation was taken back. Nothing is given."),
}
GO_TO: dict[str, Any] = {
    "decide": _l("Read the recommendation"),
    "decide_change": _l("Read the recommendation"),
    "plan": _l("Plan the instalments"),
    "draft": _l("Write the agreement"),
    "offer": _l("Read and offer the agreement"),
    "renew": _l("See the agreement"),
    "authority_signs": _l("Read and sign the agreement"),
    "check_claim": _l("Check the claim"),
    "pay": _l("Record the payment"),
    "read_report": _l("Read the report"),
    "approve_repayment": _l("See the repayment"),
    "repay": _l("See the repayment"),
    "outcome": _l("Publish what came of it"),
}
"""The words of the button that leads to the next step."""
NEXT_FOR_RECIPIENT: dict[str, Any] = {
    "target": _l(
        "It is promised to you. It is yours once the target is reached and both sides have signed the agreement."
    ),
    "wait_for_agreement": _l("The money is kept for you. We write the agreement next and tell you when it is ready."),
    "sign": _l("The agreement is ready. Read it, and let somebody who may sign for you sign it."),
    "wait_for_signature": _l("You have signed. We sign next, and the agreement is in force from then on."),
    "claim": _l("You can claim the next instalment as soon as its condition is met."),
    "claimed": _l("We have your claim and check it next."),
    "being_paid": _l("The instruction to pay is given. The money is on its way soon."),
    "confirm": _l("We have paid an instalment. Tell us when it has arrived."),
    "report": _l("A report is due next."),
    "reported": _l("We have your report and read it next."),
    "repay": _l("Please pay back what we asked for."),
    "finishing": _l("You have done everything. We publish what came of it and close the file."),
    "done": _l("All is paid and reported. Thank you."),
    "stopped": _l("It was stopped by a decision. Nothing more is paid."),
    "released": _l("The promise has ended, and nothing is paid."),
}
AWARD_PUBLIC: dict[str, Any] = {
    "announced": _l("Promised. It is paid only if the target is reached and an agreement is signed."),
    "due": _l("Promised. The agreement is being signed."),
    "agreed": _l("Agreed, and paid in instalments."),
    "completed": _l("Paid in full, and finished."),
    "stopped": _l("Stopped by a decision. What was paid before is told below."),
    "released": _l("Ended before anything was paid."),
}
PUBLIC_STATES: dict[str, Any] = {
    "announced": _l("Promised"),
    "due": _l("Promised"),
    "agreed": _l("Agreed"),
    "completed": _l("Finished"),
    "stopped": _l("Stopped"),
    "released": _l("Ended unpaid"),
}
MISSING: dict[str, Any] = {
    "agreement": _l("An agreement that covers the whole award"),
    "instalments": _l("Every instalment paid"),
    "reports": _l("Every report accepted"),
    "repayments": _l("Every repayment settled"),
    "outcome": _l("What came of it, published"),
}


def missing_words(missing: Iterable[str]) -> list[tuple[str, Any, bool]]:
    """What a file needs before it is closed: (code, words, is it there)."""
    wanting = set(missing)
    return [(code, words, code not in wanting) for code, words in MISSING.items()]
