"""Components drawn alone: no database, no catalogue, the page's language by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, g
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

from civic.config import TEMPLATES
from civic.core import i18n
from civic.places import BOROUGHS
from scripts.translations import pseudo

Draw = Callable[..., str]


def _say(text: str) -> str:
    return pseudo(text) if i18n.current().code == i18n.PSEUDO else text


def _say_counted(one: str, many: str, n: int) -> str:
    return _say(one if n == 1 else many)


@pytest.fixture(scope="session")
def workshop() -> Flask:
    """An application that only draws."""
    app = Flask("workshop", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(
        SECRET_KEY="for drawing", SITE_NAME="Civic London", BASE_URL="http://localhost", PSEUDO_LANGUAGE=True
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    i18n.init_app(app)
    app.jinja_env.install_gettext_callables(_say, _say_counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        boroughs=BOROUGHS,
        csrf=lambda: "",
        asset=lambda name: f"/assets/{name}",
        alternates=lambda: [(each, f"/{each.code}/x") for each in i18n.enabled().values()],
        site=app.config,
        display=SimpleNamespace(attributes={}),
    )
    return app


@pytest.fixture
def draw(workshop: Flask) -> Draw:
    """`draw("{{ tag('Open') }}", "tag", language="ar")`: a template with one component file imported, as HTML."""

    def drawn(source: str, *names: str, language: str = "en", path: str = "/en/x", **context: Any) -> str:
        with workshop.test_request_context(path):
            g.language = i18n.enabled()[language]
            imports = "".join(f"{{% import 'components/{name}.html' as {name} %}}" for name in names)
            context.setdefault("now", datetime(2026, 11, 23, 12, tzinfo=UTC))
            return workshop.jinja_env.from_string(imports + source).render(g=g, **context)

    return drawn


@pytest.fixture(scope="session")
def oracle() -> Draw:
    """The same component by govuk-frontend-jinja, which follows GOV.UK's own macros."""
    package = PackageLoader("govuk_frontend_jinja")
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": package}), undefined=ChainableUndefined, autoescape=True
    )

    def drawn(component: str, **parameters: Any) -> str:
        name = "govuk" + "".join(part.title() for part in component.split("-"))
        source = (
            f"{{% from 'govuk_frontend_jinja/components/{component}/macro.html' import {name} %}}{{{{ {name}(p) }}}}"
        )
        return environment.from_string(source).render(p=parameters)

    return drawn
