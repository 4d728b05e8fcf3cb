"""Advice to whoever writes or publishes a thing: which of its texts are not translated, or out of date."""

from flask_babel import ngettext

from civic.core.advice import ADVICE, Adviser, Remark
from civic.core.i18n import LANGUAGES, format_number
from civic.translation.queries.progress import standing_of
from civic.translation.queries.things import kind_of


def advise(thing: str) -> list[Remark]:
    """Remarks about a thing by its name; none where it cannot be translated."""
    if kind_of(thing) is None:
        return []
    remarks = []
    for standing in standing_of([thing]):
        for code, told in standing.languages.items():
            name = LANGUAGES[code].name
            if told.missing:
                remarks.append(_remark("missing_translation", code, ngettext(
                    "%(shown)s text is not translated into %(language)s.",
                    "%(shown)s texts are not translated into %(language)s.",
                    told.missing, shown=format_number(told.missing), language=name,
                )))  # fmt: skip
            if told.stale:
                remarks.append(_remark("stale_translation", code, ngettext(
                    "%(shown)s translation into %(language)s is out of date: the original has changed.",
                    "%(shown)s translations into %(language)s are out of date: the original has changed.",
                    told.stale, shown=format_number(told.stale), language=name,
                )))  # fmt: skip
    return remarks


def _remark(rule: str, language: str, sentence: str) -> Remark:
    return Remark(rule, ADVICE, sentence, language=language)


ADVISERS = [Adviser("translation", advise)]
