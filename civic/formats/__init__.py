"""Everything public in other formats: large print, Braille, speech, EPUB, a disc of them all, and what people make by hand."""
