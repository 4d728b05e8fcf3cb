"""The texts of a round as they are checked before it opens."""

from civic.authoring.wording import FIELDS
from civic.core.advice import Checked, Text
from civic.core.i18n import Words
from civic.core.web import link_to
from civic.crowdfund.rounds.access import may_run
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries.rounds import eligibility_rules, round_by_id
from civic.crowdfund.rounds.wording import RoundWords


def _texts(number: int) -> list[Text]:
    round_ = round_by_id(number)
    if round_ is None:
        return []
    language, steps = round_.language, RoundWords.round_steps
    about = link_to("round_desk.edit_round", slug=round_.slug, step="about")
    found = [
        Text("title", FIELDS["title"], round_.title, language, False, about),
        Text("theme", steps["about"], round_.theme, language, True, about),
        Text("conditions", steps["about"], round_.conditions, language, False, about),
    ]
    for tier in round_.tiers:
        address = _page(round_, "list_tiers")
        found += [Text("tier", steps["tiers"], text, language, False, address) for text in (tier.title, tier.summary)]
    for question in round_.questions:
        address = _page(round_, "list_questions")
        found += [
            Text("question", steps["questions"], text, language, False, address)
            for text in (question.text, question.hint)
        ]
    conditions = _page(round_, "list_conditions")
    return found + [
        Text("condition", steps["conditions"], rule.sentence, language, False, conditions)
        for rule in eligibility_rules(round_)
    ]


def _page(round_: Round, endpoint: str) -> str:
    return link_to(f"round_desk.{endpoint}", slug=round_.slug)


def _edit_url(number: int) -> str:
    round_ = round_by_id(number)
    return _page(round_, "show_round") if round_ is not None else link_to("round_desk.list_rounds")


def _may_edit(number: int) -> bool:
    round_ = round_by_id(number)
    return round_ is not None and may_run(round_)


def _title(number: int) -> Words:
    round_ = round_by_id(number)
    return Words(round_.title, round_.language) if round_ is not None else Words("", "en")


CHECKED = [Checked("round", _texts, by_staff=True, edit_url=_edit_url, may_edit=_may_edit, title=_title)]
