"""Words for states, kinds and sides."""

from typing import Any

from flask_babel import lazy_gettext as _l

Words = dict[str, Any]

TESTS: Words = {
    "planned": _l("Being planned"),
    "running": _l("Running"),
    "finished": _l("Finished"),
    "stopped": _l("Stopped"),
    "ended": _l("Came to nothing"),
}
NOTICES: Words = {
    "notified": _l("Waits for the startup’s confirmation"),
    "confirmed": _l("Confirmed by the startup"),
    "exceeded": _l("Over the ceiling"),
    "given": _l("Given and confirmed"),
    "void": _l("Void"),
}
MILESTONES: Words = {
    "planned": _l("To be reached"),
    "handed_in": _l("With the partner"),
    "signed_off": _l("Signed off"),
    "cancelled": _l("Will not be reached"),
}
CHANGES: Words = {
    "milestones": _l("Change the milestones"),
    "budget": _l("Change the budget"),
    "pivot": _l("Change the solution (pivot)"),
    "stop": _l("Stop the test"),
}
CHANGE_STATES: Words = {
    "asked": _l("Waits for agreement"),
    "agreed": _l("Agreed, being carried out"),
    "done": _l("Done"),
    "declined": _l("Declined"),
    "withdrawn": _l("Taken back"),
}
SIDES: Words = {"startup": _l("Startup"), "partner": _l("Partner"), "manager": _l("Challenge manager")}
CATEGORIES: Words = {
    "people": _l("People’s time"),
    "equipment": _l("Equipment"),
    "software": _l("Software and data"),
    "travel": _l("Travel"),
    "users": _l("Working with users"),
    "evaluation": _l("Evaluation"),
    "other": _l("Something else"),
}
COLOURS = {
    "planned": "grey",
    "running": "green",
    "finished": "green",
    "stopped": "red",
    "ended": "grey",
    "notified": "yellow",
    "confirmed": "green",
    "exceeded": "red",
    "given": "green",
    "void": "grey",
    "handed_in": "yellow",
    "signed_off": "green",
    "cancelled": "grey",
    "asked": "yellow",
    "agreed": "",
    "done": "green",
    "declined": "red",
    "withdrawn": "grey",
}
NEXT: dict[str, Words] = {
    "startup": {
        "declare": _l("Confirm which subsidies you were given before. The law wants that before anything is decided."),
        "exceeded": _l(
            "With what you were given before, this grant would be over the legal ceiling. It cannot be given."
        ),
        "plan": _l("Plan the milestones and the budget together with City Hall."),
        "decide": _l("You have done your part. City Hall decides next."),
        "announce": _l("It is decided. City Hall tells you the result next."),
        "write": _l("Your plan is ready. City Hall writes the agreement next."),
        "sign": _l("The agreement is ready. Somebody who may sign for you signs it next."),
        "countersign": _l("You have signed. City Hall signs next."),
        "hand_in": _l("Show the evidence for the next milestone."),
        "sign_off": _l("The partner looks at your evidence next."),
        "pay": _l("The partner has signed off. City Hall pays next."),
        "report": _l("Report what was spent."),
        "close": _l("You have done everything. City Hall publishes what came of it and closes the file."),
        "finished": _l("The test is finished. Thank you."),
        "stopped": _l("The test was stopped."),
        "ended": _l("Nothing came of this offer."),
    },
    "partner": {
        "declare": _l("The startup confirms which subsidies it was given before."),
        "exceeded": _l("The grant would be over the legal ceiling for this startup."),
        "plan": _l("The startup and City Hall plan the milestones and the budget."),
        "decide": _l("City Hall decides about the grant next."),
        "announce": _l("City Hall tells the startup the result next."),
        "write": _l("City Hall writes the agreement next."),
        "sign": _l("The agreement is being signed."),
        "countersign": _l("The agreement is being signed."),
        "hand_in": _l("The startup works towards the next milestone."),
        "sign_off": _l("A milestone waits for you: look at the evidence, then sign it off or return it."),
        "pay": _l("City Hall pays for what you signed off."),
        "report": _l("The startup reports what was spent."),
        "close": _l("City Hall publishes what came of it and closes the file."),
        "finished": _l("The test is finished. Thank you."),
        "stopped": _l("The test was stopped."),
        "ended": _l("Nothing came of this offer."),
    },
    "manager": {
        "declare": _l("The startup confirms earlier subsidies next."),
        "exceeded": _l("The grant would be over the legal ceiling. Take the recommendation back."),
        "plan": _l("You and the startup plan the milestones and the budget next."),
        "decide": _l("Consultees give their views, then an approver decides."),
        "announce": _l("It is decided. Announce it."),
        "write": _l("Write the agreement from the plan."),
        "sign": _l("The startup signs the agreement next."),
        "countersign": _l("An approver signs for the authority next."),
        "hand_in": _l("The startup works towards the next milestone."),
        "sign_off": _l("The partner looks at the evidence next."),
        "pay": _l("The partner has signed off. Check the claim and give the instruction to pay."),
        "report": _l("The startup reports what was spent next, or you read what it sent."),
        "close": _l("Publish what came of it and close the file."),
        "finished": _l("The test is finished."),
        "stopped": _l("The test was stopped. Ask back what was not spent."),
        "ended": _l("Nothing came of this offer. You can recommend it once more."),
    },
}
"""What happens next, by who reads it."""
STEPS: Words = {
    "startup_soon": _l("The milestone “%(milestone)s” is due on %(day)s."),
    "startup_late": _l("The milestone “%(milestone)s” was due on %(day)s. Hand it in, or ask for a change."),
    "manager_late": _l("The milestone “%(milestone)s” was due on %(day)s, and nothing was handed in."),
    "partner_waits": _l("The milestone “%(milestone)s” waits for you: sign it off or return it."),
    "manager_waits": _l("The milestone “%(milestone)s” was handed in, and the partner has not answered."),
}
REPAYMENTS: Words = {
    "underspend": _l("Money that was not spent"),
    "reclaim": _l("Money asked back because the agreement was not kept"),
}


def choices(words: Words) -> list[tuple[str, Any]]:
    """For a field that offers them."""
    return list(words.items())
