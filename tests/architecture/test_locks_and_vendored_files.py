from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"https?://|[a-z]+\+[a-z]+://|--(extra-)?index-url|--find-links")
REGISTRY_HOST = re.compile(
    r"\b(?:files\.pythonhosted|pypi|registry\.npmjs|npmjs|crates|rubygems)\.(?:org|com|io)\b"
)
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| (\S+) \| \S+ \| \S+ \| \S+ \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def lock_troubles(text: str) -> list[str]:
    """Lines of a lock that name an address, and packages without a digest."""
    troubles = [line for line in text.splitlines() if ADDRESS.search(line)]
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE):
        pinned = PINNED.match(block)
        if pinned and "--hash=sha256:" not in block:
            troubles.append(f"{pinned[1]} has no digest")
    return troubles


def digest_troubles(root: Path, table: str) -> list[str]:
    """Files of a table like VENDORED.md that are missing or are not as they were published."""
    rows = TABLE_ROW.findall(table)
    assert rows, "the table has no rows"
    return [
        name
        for name, digest in rows
        if not (root / name).is_file()
        or hashlib.sha256((root / name).read_bytes()).hexdigest() != digest
    ]


def files_of_the_repository(root: Path) -> Iterator[Path]:
    """All files but those that tools generate; git need not be there."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name == ".ci" or name[0] not in "._"]
        yield from (Path(folder) / name for name in names)


def files_with_registry_host(files: Iterable[Path]) -> list[str]:
    """Files that name the host of a package registry."""
    return [
        str(file)
        for file in files
        if file.is_file()
        and REGISTRY_HOST.search(file.read_text(encoding="utf-8", errors="ignore"))
    ]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_is_hashed_and_names_no_address(name: str) -> None:
    """Every locked package has digests, and no line says where it comes from."""
    assert lock_troubles((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "six==1.16.0 \\\n    --hash=sha256:aa\n    # from https://example.invalid/simple",
        "--index-url somewhere\nsix==1.16.0 --hash=sha256:aa",
        "six==1.16.0\nidna==3.20 \\\n    --hash=sha256:aa",
    ],
    ids=["address", "index", "no-digest"],
)
def test_lock_with_trouble_is_red(text: str) -> None:
    """An address, an index option and a package without digest are each found."""
    assert lock_troubles(text)


def test_dev_lock_holds_the_runtime_lock() -> None:
    """`install.py --dev` installs one lock, so it must have what the other has."""
    runtime, dev = (
        set(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime <= dev


def test_locks_cover_what_the_project_asks_for() -> None:
    """A dependency that is added to pyproject.toml and not locked is found: `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = project["project"]["dependencies"] + groups["build"] + groups["dev"]
    locked = {name for name, _ in PINNED.findall((ROOT / "requirements-dev.lock").read_text())}

    assert {re.split(r"[<>=\[;]", line)[0].lower() for line in asked} <= locked


def test_vendored_files_are_as_published() -> None:
    """Each file of another project has the digest that VENDORED.md records."""
    assert digest_troubles(ROOT, (ROOT / "VENDORED.md").read_text(encoding="utf-8")) == []


def test_every_vendored_file_is_recorded() -> None:
    """No file lies in a folder of vendored files without a row in VENDORED.md."""
    recorded = {name for name, _ in TABLE_ROW.findall((ROOT / "VENDORED.md").read_text())}
    static = ROOT / "src" / "roadworthy" / "web" / "static"
    folders = [static / "vendor", static / "fonts", ROOT / "tests" / "browser" / "vendor"]
    present = {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert present - recorded == set()


def test_changed_or_missing_vendored_file_is_red(tmp_path: Path) -> None:
    """One changed byte is found, and a file that is gone."""
    (tmp_path / "a.js").write_bytes(b"changed")
    digest = hashlib.sha256(b"as published").hexdigest()
    table = f"| a.js | a | 1 | MIT | {digest} |\n| b.js | b | 1 | MIT | {digest} |\n"

    assert digest_troubles(tmp_path, table) == ["a.js", "b.js"]


def test_no_file_names_a_registry() -> None:
    """Where packages come from is the machine's own business."""
    assert files_with_registry_host(files_of_the_repository(ROOT)) == []


def test_registry_host_is_red(tmp_path: Path) -> None:
    """The host of a registry in a file is found."""
    (tmp_path / "pip.conf").write_text("index-url = https://" + ".".join(["pypi", "org"]))

    assert files_with_registry_host([tmp_path / "pip.conf"])
