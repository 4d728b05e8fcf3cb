"""The application: configuration, ground, manifests in order, and a door on every view."""

import os
from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any

from flask import Flask, Response, g, redirect, url_for
from flask.templating import Environment
from flask_alembic import Alembic
from flask_login import LoginManager

from civic import config
from civic.core import errors, i18n, logs, pages, person, security, web
from civic.core.db import Model, db
from civic.core.doors import allowed, anyone, check_every_view_has_a_door, says_yes
from civic.core.manifest import House, Manifest

# From the ground up: a package sees those before it and never those after it.
PACKAGES = (
    "civic.core.ground",
    "civic.places.manifest",
    "civic.accounts.manifest",
    "civic.accessibility.manifest",
    "civic.notifications.manifest",
    "civic.ledger.manifest",
    "civic.payments.manifest",
    "civic.payments.sandbox.manifest",
    "civic.moderation.manifest",
    "civic.authoring.manifest",
    "civic.translation.manifest",
    "civic.requests.manifest",
    "civic.formats.manifest",
    "civic.assessment.manifest",
    "civic.grants.manifest",
    "civic.consultations.manifest",
    "civic.surveys.manifest",
    "civic.discussions.manifest",
    "civic.crowdfund.manifest",
    "civic.crowdfund.intents.manifest",
    "civic.crowdfund.rounds.manifest",
    "civic.crowdfund.matching.manifest",
    "civic.challenge.manifest",
    "civic.challenge.applying.manifest",
    "civic.challenge.matching.manifest",
    "civic.challenge.testing.manifest",
    "civic.challenge.support.manifest",
    "civic.challenge.story.manifest",
    "civic.privacy.manifest",
    "civic.home.manifest",
)


def create_app(environ: Mapping[str, str] | None = None, **overrides: Any) -> Flask:
    """A ready application; raises UnsafeConfiguration, and RuntimeError while a view has no door."""
    app = Flask("civic", template_folder=str(config.TEMPLATES), static_folder=None)
    app.jinja_environment = Templates
    app.config.update(config.load(os.environ if environ is None else environ) | overrides)
    if "SQLALCHEMY_ENGINES" not in app.config:
        app.config["SQLALCHEMY_ENGINES"] = {"default": config.database_url(app.config)}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.init_app(app)
    db.init_app(app)
    _migrations(app)
    login = LoginManager(app)
    login.user_loader(lambda key: None)  # civic.accounts puts its own in its place
    login.session_protection = None  # our own server-side sessions say who is signed in (civic.accounts)
    i18n.init_app(app)
    web.init_app(app)
    security.init_app(app)
    errors.register(app)
    app.jinja_env.globals.update(may=says_yes, maybe_me=person.maybe_me, site=app.config)
    manifests = [import_module(name).manifest for name in PACKAGES]
    House(manifests).move_in(app)
    app.register_error_handler(pages.NotModified, lambda _: Response(status=304))
    app.register_error_handler(pages.Kept, pages.hand_out)
    app.after_request(pages.finish)
    _front_door(app)
    check_every_view_has_a_door(app)
    _commands(app, manifests)
    return app


class Templates(Environment):
    """Templates that all share the same globals: to compare two lists of them for each import took a tenth of a page's time."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of the environment themselves, where a template brings none of its own."""
        return super().make_globals(d) if d else self.globals


def _commands(app: Flask, manifests: list[Manifest]) -> None:
    from civic.cli import civic

    for command in (command for each in manifests for command in each.commands):
        civic.add_command(command)
    app.cli.add_command(civic)


def _migrations(app: Flask) -> None:
    folder = os.path.join(os.path.dirname(__file__), "migrations")
    app.config["ALEMBIC"] = {"script_location": folder, "version_locations": [os.path.join(folder, "versions")]}
    app.config["ALEMBIC_CONTEXT"] = {"include_name": _ours, "compare_type": True}
    alembic = Alembic(app, metadatas=Model.metadata)
    app.extensions["migrations"] = alembic
    with app.app_context():
        app.extensions["schema_head"] = alembic.script_directory.get_current_head()


def _ours(name: str | None, kind: str, parents: Any) -> bool:
    """The queue keeps its own tables in its own way; ours are compared with the models."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def _front_door(app: Flask) -> None:
    @app.get("/")
    @allowed(anyone)
    def front_door() -> Any:
        """The site's bare address leads to the front page in the reader's language."""
        response = redirect(url_for("home.front_page", lang=g.language.code))
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response
