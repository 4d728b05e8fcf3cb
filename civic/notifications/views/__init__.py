"""What a person sees of their news, and what letters lead to."""

from flask import Blueprint

from civic.core.web import room

bp = room("notifications", __name__)
# Letter boxes, and the mail service, know no language.
hooks = Blueprint("mail_bounces", __name__, url_prefix="/mail")

from civic.notifications.views import addresses, news, stopping  # noqa: E402

__all__ = ["addresses", "bp", "hooks", "news", "stopping"]
