"""Real browsers: one Chromium a worker, the application in this process, a database emptied after each journey."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.support.browser import Person, chromium, served

pytestmark = pytest.mark.browser


# The package's scope, not the session's: while Playwright runs, nothing else in the process could start an event loop.
@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """The worker's Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def address(app: Flask) -> Iterator[str]:
    """Where this worker's application is served."""
    ordinary = app.async_to_sync
    app.async_to_sync = lambda function: _outside_the_loop(ordinary(function))  # type: ignore[method-assign]
    with served(app) as address:
        yield address
    app.async_to_sync = ordinary  # type: ignore[method-assign]


def _outside_the_loop(function: Callable[..., Any]) -> Callable[..., Any]:
    """Playwright keeps an event loop in this thread, in which Flask would refuse to close its (asynchronous) sessions."""

    def run(*arguments: Any, **named: Any) -> Any:
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return function(*arguments, **named)
        finally:
            asyncio._set_running_loop(loop)

    return run


@pytest.fixture
def browse(shared: Flask, chrome: Browser, address: str) -> Iterator[Callable[..., Person]]:
    """Somebody at a browser: `browse()`, `browse(script=False)`, `browse(phone=True)`, `browse(color_scheme="dark")`."""
    people: list[Person] = []

    def person(**options: Any) -> Person:
        people.append(Person(chrome, address, **options))
        return people[-1]

    yield person
    for each in people:
        each.close()
