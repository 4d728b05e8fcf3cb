"""A text's language is found from the text, where there is enough of it, and what its writer chose is never overruled."""

import pytest

from civic.core import detecting

TEXTS = {
    "en": "The last bus leaves before the late shift ends, and nobody tells us why.",
    "pl": "Ostatni autobus odjeżdża przed końcem późnej zmiany i nikt nie mówi dlaczego.",
    "ar": "الحافلة الأخيرة تغادر قبل نهاية المناوبة الليلية ولا أحد يخبرنا لماذا",
    "es": "El último autobús sale antes de que termine el turno de noche y nadie nos explica por qué.",
    "bn": "আমাদের রাস্তায় আরও গাছ লাগানো উচিত, গ্রীষ্মে খুব গরম হয়",
    "tr": "Son otobüs gece vardiyası bitmeden kalkıyor ve kimse bize nedenini söylemiyor.",
    "ur": "آخری بس رات کی شفٹ ختم ہونے سے پہلے چلی جاتی ہے اور کوئی نہیں بتاتا کیوں",
    "so": "Waxaan u baahanahay geedo badan oo waddooyinkeenna ah sababtoo ah xagaagu aad buu u kulul yahay.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_text_tells_its_language(language, text):
    assert detecting.detected(text) == language
    assert detecting.language_of(text, detecting.AUTO, "en") == language
    assert detecting.language_of(text, None, "pl") == language


@pytest.mark.parametrize(
    "text", ["", "Yes", "tak", "ULEZ!", "12345", "https://example.org/a/very/long/address/of/a/page", "👍" * 40]
)
def test_what_says_too_little_is_in_the_language_of_the_page(text):
    assert detecting.detected(text) is None
    assert detecting.language_of(text, detecting.AUTO, "pl") == "pl"
    assert detecting.language_of(text, detecting.AUTO, "xx") == "en"


def test_what_its_writer_chose_stands(monkeypatch):
    assert detecting.language_of(TEXTS["pl"], "en", "ar") == "en"
    assert detecting.language_of(TEXTS["pl"], "nonsense", "ar") == "pl"


def test_where_the_library_is_missing_the_page_decides(monkeypatch):
    monkeypatch.setattr(detecting, "_identifier", lambda: None)
    assert detecting.language_of(TEXTS["pl"], detecting.AUTO, "ar") == "ar"


def test_every_language_is_offered_by_its_own_name():
    names = detecting.written_languages()
    assert names["es"] == "Español" and names["pl"] == "Polski" and set(detecting.LONDON) <= set(names)
    assert detecting.language_choices()[0][0] == detecting.AUTO
