"""What exists: files that machines made of public things, and what people make by hand."""

from civic.formats.models.files import FormatFile
from civic.formats.models.slots import Point, Slot

__all__ = ["FormatFile", "Point", "Slot"]
