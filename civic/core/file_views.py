"""Where public files are served: pictures, films and captions under an address that never names anything else."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.files import public_file, send_public

bp = Blueprint("core", __name__)


@bp.get("/files/<key>/<name>")
@allowed(anyone)
def show_file(key: str, name: str) -> ResponseReturnValue:
    """A public file under one of its own names; anything else is not there."""
    file = public_file(key)
    answer = send_public(file, name) if file is not None else None
    if answer is None:
        raise NotFound()
    return answer
