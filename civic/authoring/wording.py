"""What each rule says to whoever writes: what is the matter, and what to do."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.authoring.rules.checks import Found
from civic.core.catalogues import Fault

SENTENCES: dict[str, Any] = {
    "heading_jump": _l(
        "This heading is more than one level below the one before it. Go down one level at a time: #, then "
        "##, then ###."
    ),
    "heading_empty": _l("There is a heading without words. Write some, or take it away."),
    "bold_heading": _l(
        "A bold line stands where a heading should be. Begin the line with ## instead, so that screen readers find it."
    ),
    "alt_missing": _l(
        "A picture has no description, so people who cannot see it get nothing. Say in a few words what it shows."
    ),
    "alt_file_name": _l("A picture is described by its file name. Say in a few words what it shows."),
    "alt_says_picture": _l(
        "The description says that it is a picture, which screen readers say already. Begin with what it shows."
    ),
    "link_vague": _l(
        "This link does not say where it leads. Many people hear links without the words around them: name "
        "the page or the document."
    ),
    "link_empty": _l("A link has no words. Write where it leads."),
    "link_address": _l("An address stands as a link’s words. Write where it leads instead."),
    "link_twice": _l("Two links have the same words and lead to different places. Say how they differ."),
    "address": _l("This address is not a link here, and is hard to listen to. Write it as [where it leads](address)."),
    "address_plain": _l("This address cannot be followed here, and is hard to listen to. Name the page instead."),
    "marks": _l("Markdown is not drawn in this text: its marks are shown as they are typed. Write plain sentences."),
    "picture_lost": _l(
        "Pictures from elsewhere are not shown in this text, so nobody sees this one. Add it as a picture of "
        "its own, or say in words what it shows."
    ),
    "table": _l("This looks like a table. Tables are not drawn in this text: write a list, or sentences."),
    "html": _l("This tag is shown as it is typed. Use Markdown: **bold**, *emphasis*, ## heading."),
    "other_letters": _l(
        "Most of it is written in the letters of another language than the one that is chosen, so the wrong "
        "voice would read it aloud."
    ),
    "capitals": _l(
        "Whole words in capitals are hard to read, and some screen readers spell them out. Write them as usual."
    ),
    "emoji": _l("Several emoji stand in a row. Screen readers read out the name of each: keep one at most."),
    "typed_list": _l(
        "This looks like a list with typed dots. Begin each line with “- ” and leave an empty line above, so "
        "that it becomes a real list."
    ),
    "no_captions": _l("A film has no captions. People who cannot hear it miss what is said."),
    "no_transcript": _l(
        "A film has no transcript. People who can neither see nor hear it have nothing, and nobody can look "
        "anything up."
    ),
}

REASONS: dict[str, Any] = {
    "heading_jump": _l("People who cannot see the page move through it by its headings."),
    "bold_heading": _l("People who cannot see the page move through it by its headings."),
    "alt_missing": "WCAG 2.2: 1.1.1",
    "alt_file_name": "WCAG 2.2: 1.1.1",
    "link_vague": "WCAG 2.2: 2.4.4",
    "link_empty": "WCAG 2.2: 2.4.4",
    "no_captions": "WCAG 2.2: 1.2.2",
    "no_transcript": "WCAG 2.2: 1.2.3",
    "other_letters": "WCAG 2.2: 3.1.2",
}

FIELDS: dict[str, Any] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "text": _l("Text"),
    "picture": _l("Description of a picture"),
    "film": _l("Film"),
}
"""Names of texts that several packages have."""

CATALOGUE_SHOWS: dict[str, Any] = {
    "missing": _l("To translate"),
    "wrong": _l("To mend"),
    "odd": _l("To look at again"),
}
CATALOGUE_FAULTS: dict[str, Any] = {
    "missing": _l("Not translated yet"),
    "unsure": _l("Marked as unsure"),
    "spaces": _l("Begins or ends with a space where the English does not, or the other way round"),
    "places": _l("These places or addresses differ from the English:"),
    "tags": _l("These HTML tags differ from the English:"),
    "same": _l("The same as the English"),
    "end": _l("Does not end as the English does:"),
    "long": _l("More than three times as long as the English"),
    "double_space": _l("Two spaces in a row"),
}


def catalogue_fault(fault: Fault, forms: int) -> str:
    """What is the matter with a translation of the interface; the places and tags that differ stand in the fault itself."""
    if fault.code == "forms":
        return ngettext(
            "The wrong number of plural forms. This language has %(num)d.",
            "The wrong number of plural forms. This language has %(num)d.",
            forms,
        )
    return str(CATALOGUE_FAULTS[fault.code])


def sentence(found: Found) -> str:
    """What is the matter, with its numbers."""
    if found.rule == "long_sentence":
        return ngettext(
            "This sentence has %(num)d word. Split it: up to %(most)d are easy to follow.",
            "This sentence has %(num)d words. Split it: up to %(most)d are easy to follow.",
            found.number,
            most=found.most,
        )
    if found.rule == "long_paragraph":
        return ngettext(
            "This paragraph has %(num)d word. Split it, or make a list of it.",
            "This paragraph has %(num)d words. Split it, or make a list of it.",
            found.number,
        )
    if found.rule == "hard_to_read":
        return _(
            "The whole text is hard to read: LIX %(score)s, where above %(most)s is official language. Use shorter words and sentences.",
            score=found.number,
            most=found.most,
        )
    if found.rule == "alt_long":
        return ngettext(
            "A description has %(num)d character. Keep it below %(most)d, and tell the rest in the text.",
            "A description has %(num)d characters. Keep it below %(most)d, and tell the rest in the text.",
            found.number,
            most=found.most,
        )
    return str(SENTENCES[found.rule])
