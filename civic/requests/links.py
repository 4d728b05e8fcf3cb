"""The way back to a request for whoever asked: a signed link that says nothing of them."""

from civic.core import tokens
from civic.core.i18n import speaking
from civic.core.web import external_url
from civic.requests.models import FormatRequest
from civic.requests.queries import request_by_id

PURPOSE = "requests.request"
DAYS = 400


def token_of(asked: FormatRequest) -> str:
    """The token of its link."""
    return tokens.sign(PURPOSE, asked.id)


def link_to(asked: FormatRequest) -> str:
    """An absolute address that shows how far it has come, in its language."""
    with speaking(asked.language):
        return external_url("requests.show_request", token=token_of(asked))


def behind(token: str) -> FormatRequest | None:
    """The request that a link leads to; raises BadToken."""
    return request_by_id(int(tokens.read(PURPOSE, token, max_age=DAYS * 86400)))
