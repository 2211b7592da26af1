from __future__ import annotations

from pathlib import Path

import pytest

from roadworthy.labs.requirements import lock_hash, read_lock

LOCK = """\
# resolved by a program
bread==1.2.0 ; python_version >= '3.12' and sys_platform != 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via
    #   butter
butter==0.3.post1 \\
    --hash=sha256:cc
    # via -r tiny.in
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """The lock above as a file."""
    path = tmp_path / "tiny.lock"
    path.write_text(LOCK)
    return path


def test_lock_is_cut_into_packages(lock: Path) -> None:
    """Each package comes with name and version, in the order of the lock."""
    assert [(one.name, one.version) for one in read_lock(lock)] == [
        ("bread", "1.2.0"),
        ("butter", "0.3.post1"),
    ]


def test_marker_and_all_digests_stay_with_their_package(lock: Path) -> None:
    """What pip gets of a package is its lines, without remarks and without a loose end."""
    bread, butter = read_lock(lock)

    assert bread.text == (
        "bread==1.2.0 ; python_version >= '3.12' and sys_platform != 'win32' \\\n"
        "    --hash=sha256:aa \\\n"
        "    --hash=sha256:bb\n"
    )
    assert butter.text == "butter==0.3.post1 \\\n    --hash=sha256:cc\n"


@pytest.mark.parametrize("where", [0, 1])
def test_package_without_a_digest_is_named(lock: Path, where: int) -> None:
    """A package that pip could not check stops the reading, first or last in the lock."""
    lines = lock.read_text().splitlines(keepends=True)
    lines.insert(0 if where == 0 else len(lines), "honey==3.1\n")
    lock.write_text("".join(lines))

    with pytest.raises(ValueError, match=r"tiny\.lock: honey has no digest"):
        read_lock(lock)


def test_lock_hash_follows_every_byte(lock: Path) -> None:
    """Another remark is another lock, with twelve hex digits."""
    before = lock_hash(lock)
    lock.write_text(lock.read_text() + "#\n")

    assert len(before) == 12
    assert int(before, 16) >= 0
    assert lock_hash(lock) != before
