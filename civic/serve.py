"""`make run`: database, demo, web server and worker together, until Ctrl-C stops all of them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import Request, urlopen

from flask import Flask

from civic.core.db import db
from civic.core.embedded import runs_as_root


def run(app: Flask) -> None:
    """Set up what is missing, then serve; the address and the demo's sign-ins are printed when the site is usable."""
    if runs_as_root() and not app.config["DATABASE_URL"]:
        print(
            "Running as root: the embedded PostgreSQL runs as a user of its own, so the folders above instance/ become passable for it."
        )
    app.extensions["migrations"].upgrade()
    from civic.seeds import is_planted, plant, sign_ins

    if not is_planted():
        print("Loading the demo, about a minute …", flush=True)
        for line in plant(1):
            print(f"  {line}", flush=True)
    lines = sign_ins()
    port = app.config["PORT"]
    database = db.engine.url.render_as_string(hide_password=False)
    db.session.remove() if hasattr(db.session, "remove") else db.session.close()
    db.engine.dispose()
    environ = os.environ | {
        "DATABASE_URL": database,
        "BASE_URL": os.environ.get("BASE_URL", f"http://localhost:{port}"),
        # A line for every request would carry the sign-in names out of sight.
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
    }
    _serve(environ, port, app.config["WEB_THREADS"], lines)


def _serve(environ: dict[str, str], port: int, threads: int, lines: list[str]) -> None:
    tools = Path(sys.executable).parent
    web = [
        str(tools / "granian"),
        "--interface",
        "wsgi",
        "--factory",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        str(threads),
        "--no-access-log",
        "--log-level",
        "warning",
        "civic.app:create_app",
    ]
    worker = [str(tools / "flask"), "--app", "civic.app", "civic", "worker"]
    # Each in a group of its own: Ctrl-C reaches us alone, and we stop them in order.
    processes = [subprocess.Popen(command, env=environ, start_new_session=True) for command in (web, worker)]
    stopping = {"asked": False}

    def stop(number: int, frame: FrameType | None) -> None:
        stopping["asked"] = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    told = False
    while not stopping["asked"] and all(process.poll() is None for process in processes):
        if not told and _is_ready(port):
            told = True
            print(
                "\n".join(
                    ["", f"Civic London is open: http://localhost:{port}", "", *lines, "", "Ctrl-C stops everything."]
                ),
                flush=True,
            )
        time.sleep(0.25)
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGINT if process is processes[1] else signal.SIGTERM)
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
    if not stopping["asked"]:
        sys.exit(f"The site stopped by itself; is port {port} free?")


def _is_ready(port: int) -> bool:
    try:
        with urlopen(Request(f"http://127.0.0.1:{port}/health/ready"), timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
