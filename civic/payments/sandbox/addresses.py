"""Where the sandbox's pages stand: absolute addresses that need no request to be built in."""

from urllib.parse import urlsplit

from flask import Flask

from civic.core import i18n


def checkout(app: Flask, setup_id: str, language: str) -> str:
    """The page to type a test card on."""
    return _built(app, "sandbox.show_checkout", language, setup_id=setup_id)


def bank(app: Flask, payment_id: str, language: str) -> str:
    """The page where the bank asks about a payment."""
    return _built(app, "sandbox.show_payment_question", language, payment_id=payment_id)


def onboarding(app: Flask, account_id: str, language: str) -> str:
    """The page where an organisation answers the provider's questions."""
    return _built(app, "sandbox.show_onboarding", language, account_id=account_id)


def language_of(url: str) -> str:
    """The language that an address of ours begins with; English where it has none."""
    first = urlsplit(url).path.lstrip("/").split("/", 1)[0]
    return first if first in i18n.enabled() else "en"


def way_back(app: Flask, url: str) -> str:
    """An address to send somebody back to: a path where it is our own, so that it works under whatever name we are reached."""
    base, target = urlsplit(app.config["BASE_URL"]), urlsplit(url)
    if (target.scheme, target.netloc) != (base.scheme, base.netloc):
        return url
    return target._replace(scheme="", netloc="").geturl()


def _built(app: Flask, endpoint: str, language: str, **places: str) -> str:
    path = app.url_map.bind("").build(endpoint, {"lang": language, **places})
    return str(app.config["BASE_URL"]).rstrip("/") + path
