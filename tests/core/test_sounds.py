"""A sound is what its frames say, whatever its name or label says; a film is as long as its header says."""

import pytest

from civic.core.sounds import film_seconds, mp3_seconds
from tests.make_formats import FRAME, mp3


def test_a_sound_is_as_long_as_its_frames():
    assert mp3_seconds(mp3(10)) == pytest.approx(10, abs=0.05)


def test_a_label_before_the_sound_is_passed_over():
    label = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)
    assert mp3_seconds(label + mp3(5)) == pytest.approx(5, abs=0.05)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", FRAME * 2, b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f", b"\xff\xfb\x00\x00" * 900, b"RIFF" + bytes(5000)],
)
def test_what_does_not_lead_from_frame_to_frame_is_no_sound(raw):
    assert mp3_seconds(raw) == 0


def test_a_film_says_its_length_and_one_that_does_not_has_none():
    header = b"mvhd" + bytes(12) + (1000).to_bytes(4) + (5500).to_bytes(4) + bytes(80)
    assert film_seconds(b"....moov...." + header) == 5.5
    wide = b"mvhd\x01" + bytes(19) + (1000).to_bytes(4) + (7000).to_bytes(8) + bytes(80)
    assert film_seconds(wide) == 7
    assert film_seconds(b"mvhd") == film_seconds(b"\x1a\x45\xdf\xa3") == 0
