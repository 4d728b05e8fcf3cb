"""Codes in words: stages, documents, fates, and the sentences of the check list with where each comes from."""

from flask_babel import lazy_gettext as _l

from civic.core.i18n import LANGUAGES

STAGES = {
    "draft": _l("Draft"),
    "coming_up": _l("Coming up"),
    "open": _l("Open"),
    "considering": _l("Being considered"),
    "answered": _l("Answered"),
    "withdrawn": _l("Withdrawn"),
}
STAGE_COLOURS = {
    "draft": "grey", "coming_up": "purple", "open": "", "considering": "yellow", "answered": "green", "withdrawn": "grey",
}  # fmt: skip
DOCUMENT_KINDS = {
    "reasons": _l("Reasons for the proposal"),
    "options": _l("Options with their costs and effects"),
    "evidence": _l("Evidence"),
    "equality": _l("Equality impact assessment"),
    "summary": _l("Summary"),
    "easy_read": _l("Easy Read"),
    "sign_language": _l("British Sign Language film"),
    "other": _l("Other document"),
}
LANGUAGE_NAMES = {
    **{code: each.name for code, each in LANGUAGES.items()},
    "bn": "বাংলা", "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "ta": "தமிழ்", "ur": "اردو", "fa": "فارسی", "zh": "中文", "ro": "Română",
    "es": "Español", "pt": "Português", "fr": "Français", "it": "Italiano", "tr": "Türkçe", "so": "Soomaali", "lt": "Lietuvių",
    "bfi": "British Sign Language",
}  # fmt: skip
"""The languages that a document may be in, each by its own name."""
DECISION_KINDS = {
    "MD": _l("Mayoral Decision (MD)"),
    "DD": _l("Director Decision (DD)"),
    "ADD": _l("Assistant Director Decision (ADD)"),
    "DAR": _l("Delegated Authority Record (DAR)"),
    "other": _l("Another kind of decision"),
}
FATES = {
    "taken_up": _l("Taken up"),
    "partly": _l("Taken up in part"),
    "not_taken_up": _l("Not taken up"),
    "out_of_scope": _l("Outside this consultation"),
    "noted": _l("Noted"),
}
FATE_COLOURS = {"taken_up": "green", "partly": "green", "not_taken_up": "red", "out_of_scope": "grey", "noted": ""}
FATE_HINTS = {
    "taken_up": _l("It is done, or decided, as they asked."),
    "partly": _l("Some of it is. Say which part."),
    "not_taken_up": _l("It is not done. You must say why."),
    "out_of_scope": _l("It is about something that could not change here. You must say why."),
    "noted": _l("It was read, and asks for nothing that could be decided."),
}
BLOCKS = {
    "no_can_change": _l("Nothing says what can still change. People must be asked before the decision is made."),
    "decided_already": _l("A decision is on record already. A consultation about what has been decided is not fair."),
    "no_background": _l("There is no background. People need the reasons before they can say anything useful."),
    "no_equality": _l(
        "There is no equality impact assessment, and no note of what is known about the effects on different people."
    ),
    "no_opening_date": _l("There is no opening date."),
    "no_closing_date": _l("There is no closing date."),
    "closes_in_the_past": _l("The closing date has passed."),
    "closes_before_opening": _l("It closes before it opens."),
    "no_decision_maker": _l("Nobody is named who decides."),
    "no_officer": _l("Nobody is responsible for the answer."),
    "no_activity": _l("There is nothing to take part in yet. Add a survey or a discussion."),
    "hidden_activity": _l("Something in it is still a draft, so nobody could take part."),
}
WARNINGS = {
    "decided_before_closing": _l("The decision is expected before the consultation has closed."),
    "no_documents": _l("There is no document to read."),
    "one_language": _l("Everything is in one language only. Many Londoners read more easily in another."),
    "short_run": _l("It is open for less time than is usual here."),
    "august": _l("It runs in August, when many people are away."),
    "christmas": _l("It runs over Christmas and New Year."),
    "pre_election": _l("It runs in the weeks before an election, when public bodies are expected to keep quiet."),
    "activity_shorter": _l("Something in it opens later or closes earlier than the consultation itself."),
    "activity_longer": _l("Something in it stays open after the consultation has closed. Would it still be read?"),
    "hurried_decision": _l(
        "There are fewer than 14 days between closing and the decision. Can everything be read by then?"
    ),
}
SOURCES = {
    "gunning_1": _l("Gunning principle 1: while proposals are still at a formative stage"),
    "gunning_2": _l("Gunning principle 2: enough reasons for people to answer with thought"),
    "gunning_3": _l("Gunning principle 3: enough time"),
    "gunning_4": _l("Gunning principle 4: answers are conscientiously taken into account"),
    "equality_act": _l("Equality Act 2010, section 149: the public sector equality duty"),
    "co_d": _l("Consultation Principles 2018, D: consultations are part of a process of engagement"),
    "co_f": _l("Consultation Principles 2018, F: consultations are targeted"),
    "co_pre_election": _l("Consultation Principles 2018: not during election periods without need"),
}
LACKS = {
    "no_summary": _l("There is no summary of what was heard and decided."),
    "no_themes": _l("There is no theme: say what was heard."),
    "no_decisions": _l("There is no decision: say what was decided, because of what, and under which number."),
    "theme_without_decision": _l("A theme has no decision that answers it."),
    "decision_without_theme": _l("A decision answers no theme."),
}
PARTS = {
    "question": _l("The question"),
    "summary": _l("In one or two sentences"),
    "background": _l("Background"),
    "can_change": _l("What can still change"),
    "cannot_change": _l("What cannot change"),
    "equality_note": _l("What we know about the effects on different people"),
    "document": _l("Title of a document"),
    "outcome_summary": _l("Summary of the answer"),
    "theme": _l("What we heard"),
    "decision": _l("What was decided"),
}
"""The texts of a consultation, as they are named to whoever writes them."""
DATE_CHANGES = {"extended": _l("More time was given"), "closed_early": _l("It was closed early")}
MOVES = {
    "announce": _l("Announced"),
    "return": _l("Taken back to a draft"),
    "open": _l("Opened"),
    "close": _l("Closed"),
    "answer": _l("Answered"),
    "withdraw": _l("Withdrawn"),
}


def sentence_of(code: str) -> str:
    """What a point of the check list says."""
    return str(BLOCKS.get(code) or WARNINGS[code])
