"""What is translated is read in other formats too: by people's translations only, and what they have not done stays marked."""

import pytest
from sqlalchemy import update

from civic.consultations.models import Consultation
from civic.consultations.readable import languages, read
from civic.core.db import db
from civic.core.i18n import Words, speaking
from civic.core.reading import Facts, Prose
from civic.translation.models import Translation

pytestmark = pytest.mark.usefixtures("in_request")
QUESTION = "Co Londyn powinien zrobić z upałem?"


@pytest.fixture
def consultation(make) -> Consultation:
    """A consultation of which the question and what can change are translated."""
    made = make.consultation()
    make.translation(made, "question", QUESTION)
    make.translation(made, "can_change", "Gdzie staną **drzewa**.")
    return made


def polish(consultation):
    with speaking("pl"):
        found = read(consultation.id, "pl")
    assert found is not None
    return found


def test_it_exists_in_its_own_language_and_in_those_it_is_translated_into(consultation, make):
    assert languages(consultation.id) == ("en", "pl")
    assert languages(make.consultation().id) == ("en",)


def test_what_is_translated_is_read_and_the_rest_is_marked(consultation):
    found = polish(consultation)
    assert (found.title, found.title_language) == (QUESTION, "")
    prose = [block for block in found.blocks if isinstance(block, Prose)]
    assert Prose("Gdzie staną **drzewa**.", "", markdown=True) in prose
    if consultation.summary:
        assert prose[0] == Prose(consultation.summary, "en", markdown=False) and found.summary == ""
    assert any(block.text == consultation.background and block.language == "en" for block in prose)
    assert not found.complete
    facts = next(block for block in found.blocks if isinstance(block, Facts))
    assert all(not isinstance(value, Words) or value.language == "en" for _name, value in facts.pairs)


def test_another_original_takes_its_old_translation_out(consultation):
    db.session.execute(update(Consultation).values(question="What now?"))
    db.session.expire_all()
    found = polish(consultation)
    assert (found.title, found.title_language) == ("What now?", "en")


def test_what_a_machine_made_is_in_no_file(consultation):
    db.session.execute(update(Translation).values(origin="machine"))
    db.session.expire_all()
    assert languages(consultation.id) == ("en",)
    assert polish(consultation).title == consultation.question
