"""Machine translation: a door for an engine that the settings name. None is named unless somebody does, and none comes with us.

What a machine makes is a draft until a person publishes it, and is marked as a machine's wherever it is read.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

import structlog
from flask import Flask, current_app

from civic.translation.refusals import NoMachine

log = structlog.get_logger()
NAME = "translation_machine"


class Machine(Protocol):
    """What an engine does: texts in, as many texts out. It is never called inside a transaction."""

    name: str

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The texts in the target language, in their order."""
        ...


def init_app(app: Flask) -> None:
    """Load the engine that the settings name, "package.module:Engine"."""
    named = app.config["TRANSLATION_MACHINE"]
    if named:
        module, _colon, attribute = named.partition(":")
        app.extensions[NAME] = getattr(import_module(module), attribute)()


def machine() -> Machine | None:
    """The engine, where one is set up."""
    found: Machine | None = current_app.extensions.get(NAME)
    return found


def translated(text: str, source: str, target: str) -> str:
    """One text by the machine; raises NoMachine where there is none, where it fails, and where it says nothing."""
    engine = machine()
    if engine is None:
        raise NoMachine()
    try:
        made = engine.translate([text], source, target)
    except Exception as error:
        log.warning("machine translation failed", machine=engine.name, error=type(error).__name__)
        raise NoMachine() from error
    if len(made) != 1 or not made[0].strip():
        raise NoMachine()
    return made[0].strip()
