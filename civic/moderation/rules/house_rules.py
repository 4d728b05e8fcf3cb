"""The house rules by their keys; their words stand in wording.py, and everybody reads them at /house-rules."""

KEYS = (
    "abuse",
    "hate",
    "personal_data",
    "off_topic",
    "spam",
    "libel",
    "copyright",
    "election",
    "impersonation",
    "other",
)
