"""How each format is made: a reading goes in, bytes come out, nothing else is touched."""
