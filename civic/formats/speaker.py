"""A voice in a process of its own: reads pieces of text from standard input, writes an MP3 to standard output, and ends.

Run as `python -m civic.formats.speaker` by civic.formats.making.speech and by nobody else. The voice (eSpeak NG) is free software
under the GNU GPL and is loaded here alone, never by the application. Opens no file for writing and no connection, and has only so
much memory and time. Imports nothing of the house: to start must be quick.
"""

import contextlib
import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 900 * 1024 * 1024  # bytes of address space
PROCESSOR = 240  # seconds
RETRIEVAL, UTF8 = 1, 1  # espeak_Initialize hands the sound to us; text is UTF-8
BITS_A_SECOND = 48_000
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main() -> int:
    """Speak what comes in; 0 where it went well, 3 where the voice is missing, 4 where it does not know a language."""
    _be_modest()
    try:
        import espeakng_loader
        import lameenc
    except ImportError:
        return 3
    given = json.load(sys.stdin)
    voice = Voice(espeakng_loader.get_library_path(), espeakng_loader.get_data_path(), lameenc)
    out = sys.stdout.buffer
    for piece in given["pieces"]:
        if not voice.choose(piece["voice"], given["pace"]):
            return 4
        for sound in voice.say(piece["text"], piece["pause"]):
            out.write(sound)
    out.write(voice.rest())
    out.flush()
    return 0


def _be_modest() -> None:
    """What goes wrong here stays here: bounded memory and time, no file written, no core left behind."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: PROCESSOR,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # a system that has no such limit, or a lower one already
            resource.setrlimit(limit, (most, most))


class Voice:
    """eSpeak NG with an encoder behind it; sound comes a stretch at a time and is never held whole."""

    def __init__(self, library: str, data: str, lameenc: Any):
        self.library = ctypes.CDLL(library)
        self.rate = self.library.espeak_Initialize(RETRIEVAL, 0, data.encode(), 0)
        if self.rate <= 0:
            raise SystemExit(3)
        self.encoder = lameenc.Encoder()
        self.encoder.set_bit_rate(BITS_A_SECOND // 1000)
        self.encoder.set_in_sample_rate(self.rate)
        self.encoder.set_channels(1)
        self.encoder.set_quality(7)
        self.encoder.silence()
        self.waiting: list[bytes] = []
        self.callback = CALLBACK(self._heard)  # kept: the library holds no reference
        self.library.espeak_SetSynthCallback(self.callback)
        self.chosen = ""

    def choose(self, name: str, words_a_minute: int) -> bool:
        """Speak with this voice from now on."""
        if name == self.chosen:
            return True
        if self.library.espeak_SetVoiceByName(name.encode()) != 0:
            return False
        self.library.espeak_SetParameter(1, words_a_minute, 0)
        self.chosen = name
        return True

    def say(self, text: str, pause: int) -> Iterator[bytes]:
        """A text as MP3, and `pause` thousandths of a second of silence behind it."""
        said = text.encode()
        self.waiting.clear()
        self.library.espeak_Synth(said, ctypes.c_size_t(len(said) + 1), 0, 0, 0, UTF8, None, None)
        self.library.espeak_Synchronize()
        self.waiting.append(bytes(2 * (self.rate * pause // 1000)))
        for sound in self.waiting:
            if sound:
                yield bytes(self.encoder.encode(sound))
        self.waiting.clear()

    def rest(self) -> bytes:
        """The end of the MP3."""
        return bytes(self.encoder.flush())

    def _heard(self, sound: Any, count: int, _events: Any) -> int:
        if sound and count > 0:
            self.waiting.append(ctypes.string_at(sound, 2 * count))
        return 0


if __name__ == "__main__":
    sys.exit(main())
