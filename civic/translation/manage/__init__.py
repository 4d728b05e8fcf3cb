"""What translators and staff see: how far everything is, the editor, suggestions, the glossary, files."""

from civic.core.web import room

bp = room("manage_translation", __name__, "/staff/translations")

# They fill the room.
import civic.translation.manage.editor  # noqa: E402
import civic.translation.manage.files  # noqa: E402
import civic.translation.manage.glossary  # noqa: E402
import civic.translation.manage.suggestions  # noqa: E402
import civic.translation.manage.things  # noqa: E402, F401
