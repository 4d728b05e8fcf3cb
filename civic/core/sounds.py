"""How long a sound or a film is, as its own structure says: MPEG audio frame by frame (ISO 11172-3, 13818-3), MP4 by its header."""

BITRATES = {  # kbit/s by version and their number in the header, layer III
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
JUNK = 64 * 1024  # bytes that may stand before the first frame, behind its label
FEWEST_FRAMES = 3


def mp3_seconds(raw: bytes) -> float:
    """How long an MP3 is; 0 where it is none. Each frame must lead to the next: a name or a label proves nothing."""
    at = _behind_label(raw)
    first = next((start for start in range(at, min(len(raw), at + JUNK)) if _leads_on(raw, start)), None)
    if first is None:
        return 0.0
    seconds, at = 0.0, first
    while frame := _frame(raw, at):
        length, lasts = frame
        seconds, at = seconds + lasts, at + length
    return seconds


def film_seconds(raw: bytes) -> float:
    """How long an MP4 film is; 0 where nothing says so, as in WebM."""
    at = raw.find(b"mvhd")
    if at < 0 or len(raw) < at + 36:
        return 0.0
    wide = raw[at + 4] == 1
    scale_at, size = (at + 24, 8) if wide else (at + 16, 4)
    scale = int.from_bytes(raw[scale_at : scale_at + 4])
    duration = int.from_bytes(raw[scale_at + 4 : scale_at + 4 + size])
    return duration / scale if scale and duration < 2 ** (8 * size) - 1 else 0.0


def _behind_label(raw: bytes) -> int:
    """Where the sound begins: an ID3 tag says how long it is itself, seven bits a byte."""
    if raw[:3] != b"ID3" or len(raw) < 10:
        return 0
    length = 0
    for each in raw[6:10]:
        length = length << 7 | each & 0x7F
    return 10 + length


def _leads_on(raw: bytes, at: int) -> bool:
    for _number in range(FEWEST_FRAMES):
        frame = _frame(raw, at)
        if frame is None:
            return False
        at += frame[0]
    return True


def _frame(raw: bytes, at: int) -> tuple[int, float] | None:
    """The length of the frame that begins here, in bytes and in seconds; None where none does."""
    header = raw[at : at + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate, bits = (header[1] >> 3) & 3, (header[2] >> 2) & 3, header[2] >> 4
    if version == 1 or rate == 3 or bits in (0, 15):
        return None
    a_second, samples = RATES[version][rate], 1152 if version == 3 else 576
    length = samples // 8 * BITRATES[1 if version == 3 else 2][bits] * 1000 // a_second + ((header[2] >> 1) & 1)
    return length, samples / a_second
