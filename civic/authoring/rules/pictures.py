"""Words for pictures: what stands there for those who cannot see one."""

from __future__ import annotations

import re

LONGEST = 150
"""Characters; what needs more belongs into the text beside the picture."""
FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|heic|heif|svg|bmp|tiff?)|(?:img|dsc|dscn|dcim|image|photo|picture|screenshot|"
    r"screen shot|pxl|whatsapp image|zdj[ęe]cie|"
    r"obraz|صورة)[-_ ]*\d[\d\-_ .:]*(?:at [\d.: ]+)?",
    re.IGNORECASE,
)
SAYS_PICTURE = re.compile(
    r"(?:(?:an? |the )?(?:image|picture|photo|photograph|graphic|icon) (?:of|showing)|(?:zdjęcie|obraz|obrazek|grafika|fotografia) "
    r"(?:przedstawia|pokazuje|ukazuje)|صورة (?:ل|من|تظهر|توضح))",
    re.IGNORECASE,
)


def fault_of(alt: str) -> str:
    """What is wrong with the words for a picture: "missing", "file_name", "long", "says_picture", or nothing."""
    said = alt.strip()
    if not any(letter.isalnum() for letter in said):
        return "missing"
    if FILE_NAME.fullmatch(said):
        return "file_name"
    if len(said) > LONGEST:
        return "long"
    return "says_picture" if SAYS_PICTURE.match(said) else ""
