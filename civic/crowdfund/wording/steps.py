"""The steps of writing a campaign in words, and what each still needs."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

GROUP_TITLES: Words = {
    "idea": _l("Your idea"),
    "money": _l("Money and time"),
    "plan": _l("How it will happen"),
}
STEP_TITLES: Words = {
    "idea": _l("Name and kind"),
    "impact": _l("What gets better, and for whom"),
    "story": _l("The story"),
    "pictures": _l("Pictures"),
    "film": _l("Film"),
    "place": _l("Place"),
    "team": _l("Team"),
    "costs": _l("Costs and quotes"),
    "funding": _l("Money and gifts you already have"),
    "outcomes": _l("If you raise too much or too little"),
    "deadline": _l("Deadline"),
    "gift_aid": _l("Gift Aid"),
    "milestones": _l("Milestones"),
    "permissions": _l("Permissions and insurance"),
    "risks": _l("Risks"),
}
STEP_STATES: Words = {
    "done": _l("Done"),
    "advice": _l("Done, with advice"),
    "missing": _l("Something is missing"),
    "empty": _l("To do"),
    "optional": _l("Optional"),
}
STEP_COLOURS: dict[str, str] = {"missing": "red", "empty": "yellow"}
GAP_SENTENCES: Words = {
    "title": _l("Enter a title"),
    "summary": _l("Say in one sentence what you are going to do"),
    "kind": _l("Choose what kind of project it is"),
    "impacts": _l("Choose at least one thing that gets better"),
    "story": _l("Tell the story"),
    "team": _l("Say who is going to do it"),
    "borough": _l("Choose the borough"),
    "place": _l("Enter the address, or the name of the area"),
    "costs": _l("Add at least one cost"),
    "nothing_needed": _l("What you already have pays for everything, so there is nothing left to ask for"),
    "unproved": _l("Add proof of every sum and gift you already have"),
    "too_much": _l("Say what happens if you raise too much"),
    "too_little": _l("Say what happens if the money cannot be used as planned"),
    "deadline_none": _l("Choose the last day for pledges"),
    "deadline_soon": _l("Choose a later last day: there is too little time"),
    "deadline_late": _l("Choose an earlier last day: it is too far away"),
    "milestones": _l("Add at least one milestone"),
    "permissions": _l("Say which permissions and insurance you need, and have"),
    "risks": _l("Say what could go wrong, and what you would do"),
    "no_picture": _l("People back what they can see: add a picture"),
    "no_quote": _l("Staff look for a quote or price list for every cost"),
    "one_quote": _l("For large costs, two quotes are better than one"),
}
ORGANISATION_STATES: Words = {
    "unverified": _l("Ask for verification"),
    "submitted": _l("Being checked"),
    "verified": _l("Verified"),
    "returned": _l("Needs changes"),
}
PAYEE_STATES: Words = {
    "none": _l("To do"),
    "pending": _l("The payment provider is still checking"),
    "active": _l("Ready"),
    "restricted": _l("The payment provider needs something"),
}
PAYEE_COLOURS: dict[str, str] = {"none": "yellow", "restricted": "red"}
