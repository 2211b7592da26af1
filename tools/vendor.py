"""Bring in the few files of other projects that the repository carries, and record them.

``python tools/vendor.py`` packs each npm package below at its exact version, takes the named files
out unchanged, and writes VENDORED.md with version, license and digest of each. It needs npm and
pip on the path and is run by hand, when a version below is changed. The tests compare the digests.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = "src/roadworthy/web/static"
PIP_VERSION = "26.3"


@dataclass(frozen=True)
class Source:
    """One package: exact version, license, and which of its files go where."""

    name: str
    version: str
    license: str
    files: dict[str, str]


NPM_SOURCES = [
    Source(
        "htmx.org",
        "2.0.11",
        "0BSD",
        {
            "dist/htmx.min.js": f"{STATIC}/vendor/htmx.min.js",
            "LICENSE": f"{STATIC}/vendor/htmx-LICENSE.txt",
        },
    ),
    Source(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        {
            "files/inter-latin-wght-normal.woff2": f"{STATIC}/fonts/inter-latin-wght-normal.woff2",
            "LICENSE": f"{STATIC}/fonts/inter-OFL.txt",
        },
    ),
    Source(
        "@fontsource-variable/source-serif-4",
        "5.3.1",
        "OFL-1.1",
        {
            f"files/source-serif-4-latin-wght-{style}.woff2": (
                f"{STATIC}/fonts/source-serif-4-latin-wght-{style}.woff2"
            )
            for style in ("normal", "italic")
        }
        | {
            # The letters of formulas.
            "files/source-serif-4-greek-wght-italic.woff2": (
                f"{STATIC}/fonts/source-serif-4-greek-wght-italic.woff2"
            ),
            "LICENSE": f"{STATIC}/fonts/source-serif-4-OFL.txt",
        },
    ),
    Source(
        "@fontsource/ibm-plex-mono",
        "5.3.0",
        "OFL-1.1",
        {
            f"files/ibm-plex-mono-latin-{weight}-normal.woff2": (
                f"{STATIC}/fonts/ibm-plex-mono-latin-{weight}-normal.woff2"
            )
            for weight in (400, 500)
        }
        | {"LICENSE": f"{STATIC}/fonts/ibm-plex-mono-OFL.txt"},
    ),
    Source(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        {
            "axe.min.js": "tests/browser/vendor/axe.min.js",
            "LICENSE": "tests/browser/vendor/axe-LICENSE.txt",
            "LICENSE-3RD-PARTY.txt": "tests/browser/vendor/axe-LICENSE-3RD-PARTY.txt",
        },
    ),
]
PIP_WHEEL = f"tools/pip-{PIP_VERSION}-py3-none-any.whl"


def main() -> int:
    """Fetch every file, write VENDORED.md, and print what was written."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for source in NPM_SOURCES:
            for target, content in files_of_npm_package(source, Path(scratch)).items():
                write(target, content)
                rows.append(row(target, source.name, source.version, source.license))
    fetch_pip_wheel()
    rows.append(row(PIP_WHEEL, "pip", PIP_VERSION, "MIT"))
    (ROOT / "VENDORED.md").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} files vendored; VENDORED.md lists them.")
    return 0


def files_of_npm_package(source: Source, scratch: Path) -> dict[str, bytes]:
    """Target path to content, for the files that we take of one npm package."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{source.name}@{source.version}"],
        cwd=scratch,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = scratch / packed.stdout.split()[-1]
    contents = {}
    with tarfile.open(archive) as tar:
        for inside, target in source.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{source.name} {source.version} has no file {inside}.")
            contents[target] = member.read()
    return contents


def fetch_pip_wheel() -> None:
    """Put the wheel of pip, with which tools/install.py fills the environment, into tools/."""
    subprocess.run(
        ["pip", "download", "--quiet", "--no-deps", "-d", ROOT / "tools", f"pip=={PIP_VERSION}"],
        check=True,
    )


def write(target: str, content: bytes) -> None:
    """Write a file below the repository root, with its folders."""
    path = ROOT / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def row(target: str, name: str, version: str, license: str) -> str:
    """One line of the table in VENDORED.md."""
    digest = hashlib.sha256((ROOT / target).read_bytes()).hexdigest()
    return f"| {target} | {name} | {version} | {license} | {digest} |"


HEAD = """\
# Files of other projects

Written by `python tools/vendor.py`; change versions there. Each file is as its authors published
it, with the license beside it (the wheel of pip carries its own). A test compares the digests.
The files below `tests/` and `tools/` are not part of the wheel of Roadworthy.

| file | package | version | license | sha256 |
|---|---|---|---|---|
"""

if __name__ == "__main__":
    sys.exit(main())
