"""Build the wheel, install it in an empty environment, and lint the pack there.

Shows that the wheel holds what it needs: the pack, templates and static files, and no import of a
package that only developers have. No network: the environment is given links to the packages of
requirements.lock that lie in .venv, and nothing else of it. Exit 1 where something does not hold.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
EXPECTED = (
    "roadworthy/_packs/gcp-pmle/",
    "roadworthy/_packs/gcp-pmle/labs/environments/",
    "roadworthy/_pip/",
    "roadworthy/web/templates/",
    "roadworthy/web/static/",
)
SHOW_PLACE = "import roadworthy; print(roadworthy.__file__)"


class NotHolding(Exception):
    """Something that should hold of the wheel and does not; the text says what."""


def main() -> int:
    """Build, install, lint; print what was verified, and return the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            wheel = build_wheel(Path(scratch))
            names = check_content(wheel)
            program = install(wheel, Path(scratch) / "empty")
            lint_pack(program, Path(scratch))
        except NotHolding as finding:
            print(f"The wheel does not hold: {finding}", file=sys.stderr)
            return 1
        size = wheel.stat().st_size / 1e6
    print(f"Wheel: {len(names)} files, {size:.1f} MB; installed alone, it lints its pack.")
    return 0


def build_wheel(scratch: Path) -> Path:
    """The wheel, built by the locked backend without network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(scratch)]
    built = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if built.returncode != 0:
        raise NotHolding(f"it is not built.\n{built.stdout}{built.stderr}")
    return next(scratch.glob("*.whl"))


def check_content(wheel: Path) -> list[str]:
    """Names of the files inside; raises NotHolding where a folder lacks or a stranger is in."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for folder in EXPECTED:
        if not any(name.startswith(folder) for name in names):
            raise NotHolding(f"{folder} is not in it.")
    for name in names:
        if not name.startswith(("roadworthy/", "roadworthy-")) or "__pycache__" in name:
            raise NotHolding(f"{name} does not belong in it.")
    return names


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel in an empty environment; returns the path of the program."""
    venv.create(folder, with_pip=False, symlinks=True)
    packages = folder / "lib" / PYTHON / "site-packages"
    for name in locked_names(ROOT / "requirements.lock"):
        link_distribution(name, packages)
    pip = next((ROOT / "tools").glob("pip-*.whl")) / "pip"
    command = [str(folder / "bin" / "python"), str(pip), "install", "-qq", "--no-deps"]
    subprocess.run([*command, "--no-index", "--no-compile", str(wheel)], check=True)
    return folder / "bin" / "roadworthy"


def locked_names(lock: Path) -> list[str]:
    """Names of the packages that a lock file holds."""
    return sorted(set(re.findall(r"^([a-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.M)))


def link_distribution(name: str, packages: Path) -> None:
    """Link what a package of .venv has installed into another folder of packages."""
    try:
        installed = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return  # locked for another platform
    for top in {file.parts[0] for file in installed.files or []} - {"..", "__pycache__"}:
        link = packages / top
        if not link.exists():
            link.symlink_to(str(installed.locate_file(top)))


def lint_pack(program: Path, scratch: Path) -> None:
    """Run `roadworthy pack lint` away from the repository; raises NotHolding where it fails."""
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "ROADWORTHY_HOME": str(scratch / "home"),
        "XDG_CACHE_HOME": str(scratch / "cache"),
    }
    shown = subprocess.run(
        [program.parent / "python", "-c", SHOW_PLACE],
        cwd=scratch,
        env=clean,
        check=True,
        capture_output=True,
        text=True,
    )
    if not shown.stdout.startswith(str(program.parent.parent)):
        raise NotHolding(f"another Roadworthy was imported: {shown.stdout.strip()}")
    linted = subprocess.run(
        [program, "pack", "lint"],
        cwd=scratch,
        env=clean,
        check=False,
        capture_output=True,
        text=True,
    )
    if linted.returncode != 0:
        raise NotHolding(f"`roadworthy pack lint` ends with {linted.returncode}.\n{linted.stderr}")


if __name__ == "__main__":
    sys.exit(main())
