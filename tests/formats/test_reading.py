"""What packages give to be read: public things only, all that stands on their page, each part in its language."""

import pytest

from civic.core.i18n import speaking
from civic.core.reading import Facts, Heading, Picture, Prose, Question, Table, plain
from civic.formats.making.lines import lines_of
from civic.formats.queries.things import named_thing, thing
from civic.surveys.queries.surveys import live_version
from civic.surveys.rules.paper import codes
from tests.make_surveys import FULL_ANSWERS


@pytest.fixture(autouse=True)
def a_request(in_request):
    """Links and words need one."""


def of(about: str, language: str = "en"):
    found = named_thing(about)
    reading = found.read(language) if found else None
    assert reading is not None
    return reading


def text_of(about: str, language: str = "en") -> str:
    with speaking(language):
        return "\n".join(f"{line.lead} {line.text}".strip() for line in lines_of(of(about, language)))


def test_a_survey_has_every_question_with_the_codes_of_paper(make):
    survey = make.survey()
    version = live_version(survey)
    assert version is not None
    reading = of(f"survey:{survey.id}")
    asked = [block for block in reading.blocks if isinstance(block, Question)]
    assert [block.code for block in asked] == [each.code for each in codes(version.questionnaire).values()]
    text = text_of(f"survey:{survey.id}")
    for words in (
        "Cleaner streets", "The Mayor decides in spring", "Your answers are anonymous.", "Think of the street you live in.",
        "Answer this only if Q1 is b (No).", "Answer this only if Q1 is a (Yes).", "c By Tube", "d Other: write what it is",
        "e Prefer not to say", "Choose up to 3 answers.", "Air is measured at 100 places in London.",
        "Choose a number from 0 (Very dirty) to 10 (Very clean).", "Q6.1 The Mayor", "Write a number (miles).",
        "Write the name of your London borough.",
    ):  # fmt: skip
        assert words in text, words


def test_a_survey_in_another_language_says_what_nobody_has_translated(make):
    survey = make.survey(languages=["en", "pl"], title={"en": "Cleaner streets", "pl": "Czystsze ulice"})
    polish = of(f"survey:{survey.id}", "pl")
    assert (polish.title, polish.title_language, polish.complete) == ("Czystsze ulice", "pl", False)
    (first, *_rest) = [block for block in polish.blocks if isinstance(block, Question)]
    assert first.language == "en" and first.answers[0].language == "pl", "our own words are in the reader's language"
    assert of(f"survey:{survey.id}").complete
    assert named_thing(f"survey:{survey.id}").read("ar") is None


def test_every_generated_questionnaire_can_be_read(make):
    from random import Random

    from tests.surveys.generated import questionnaire

    for seed in range(25):
        survey = make.survey(questionnaire(Random(seed)), languages=["en", "ar"])
        for language in ("en", "ar"):
            assert lines_of(of(f"survey:{survey.id}", language))


def test_results_are_read_once_they_are_published_and_only_the_parts_that_are(make):
    survey = make.survey()
    make.responses(survey, [FULL_ANSWERS] * 30)
    assert thing("survey_results", survey.id) is None
    make.published(survey)
    text = text_of(f"survey_results:{survey.id}")
    for words in (
        "What people said: Cleaner streets",
        "30 people answered.",
        "Do you cycle in London?",
        "Not shown",
        "By boat",
    ):
        assert (words in text) is (words != "By boat"), "never anybody's own words"
    survey.published_sections = ["air"]
    assert "Do you cycle in London?" not in text_of(f"survey_results:{survey.id}")


def test_too_few_answers_tell_nothing(make):
    survey = make.survey()
    make.responses(survey, [FULL_ANSWERS] * 3)
    make.published(survey)
    assert "Fewer than 10 people answered" in text_of(f"survey_results:{survey.id}")


def test_a_consultation_tells_what_can_change_who_decides_and_what_came_of_it(make):
    consultation = make.consultation("considering")
    reading = of(f"consultation:{consultation.id}")
    assert reading.title == consultation.question
    headings = [block.text for block in reading.blocks if isinstance(block, Heading)]
    assert "What can still change" in headings and "What came of it" not in headings
    answered = make.outcome_signed("answered-one", by=make.staff("researcher"), signer=make.staff("approver"))
    text = text_of(f"consultation:{answered.id}")
    assert "What was decided, and why" in text and "Who decides" in text
    assert thing("consultation", make.consultation("draft").id) is None


def test_a_campaign_tells_what_the_money_is_for(make):
    campaign = make.campaign("live")
    reading = of(f"campaign:{campaign.id}")
    tables = [block for block in reading.blocks if isinstance(block, Table)]
    assert plain(tables[0].caption) == "Costs" and plain(tables[0].rows[-1][0]) == "Together"
    assert any(
        isinstance(block, Facts) and ("Organisation", campaign.organisation.name) in block.pairs
        for block in reading.blocks
    )
    assert all(block.alt for block in reading.blocks if isinstance(block, Picture))
    assert any("It is taken once" in block.text for block in reading.blocks if isinstance(block, Prose))
    assert thing("campaign", make.campaign("draft").id) is None


def test_a_challenge_has_its_brief_and_how_answers_are_judged(make):
    challenge = make.challenge()
    text = text_of(f"challenge:{challenge.id}")
    assert challenge.statement.split("\n")[0] in text and "Criteria and their weights" in text
    assert thing("challenge", make.challenge("draft").id) is None


def test_the_version_changes_with_what_can_be_read_and_with_nothing_else(make):
    survey = make.survey()
    before = of(f"survey:{survey.id}").version
    survey.suppress_below = 20
    assert of(f"survey:{survey.id}").version == before
    survey.closes_at = survey.closes_at.replace(hour=1)
    assert of(f"survey:{survey.id}").version != before


@pytest.mark.parametrize(
    "name", ["", "survey", "survey:", "survey:x", "survey:-1", "survey:99999999999999999999", "nothing:1", "survey:0"]
)
def test_a_name_that_names_nothing_leads_nowhere(name):
    assert named_thing(name) is None
