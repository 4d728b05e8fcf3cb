"""How somebody is called who spoke: by their name, or by a number where they have no account here."""

from flask_babel import gettext as _


def shown_name(display_name: str | None, author_name: str | None) -> str | None:
    """The name to be shown; None where the account is gone. An import keeps numbers for names: "12", or "0" for who is unknown."""
    if display_name or not author_name:
        return display_name or None
    if not author_name.isdecimal():
        return author_name
    return _("Imported person") if author_name == "0" else _("Imported person %(number)s", number=author_name)
