"""The site as it is served for measuring: itself, without the limits that would stop one reader asking a thousand times."""

from flask import Flask

from civic import app as civic_app


def create_app() -> Flask:
    """The application on the database of the environment."""
    return civic_app.create_app(RATELIMIT_ENABLED=False)
