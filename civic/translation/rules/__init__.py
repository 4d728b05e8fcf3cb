"""Rules of translation: what is out of date, what a translation must keep, what changed."""
