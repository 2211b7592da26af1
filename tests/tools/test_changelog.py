from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def changelog() -> ModuleType:
    """tools/changelog.py, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("changelog", ROOT / "tools" / "changelog.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_entries_come_in_the_fixed_order(changelog: ModuleType, tmp_path: Path) -> None:
    """Removed before added, entries in the order of their names, an empty line between."""
    (tmp_path / "b.added.md").write_text("Second.\n")
    (tmp_path / "a.added.md").write_text("First.\nMore.\n")
    (tmp_path / "c.removed.md").write_text("Gone.\n")
    (tmp_path / "README.md").write_text("How to.")

    built = changelog.build(tmp_path)

    assert built == changelog.HEAD + (
        "\n## Not released yet\n\n### Removed\n\n- Gone.\n"
        "\n### Added\n\n- First.\n  More.\n\n- Second.\n"
    )


def test_newest_release_comes_first(changelog: ModuleType, tmp_path: Path) -> None:
    """Releases are folders named by date and version."""
    for name in ("2026-11-30-v0.1.0", "2027-01-15-v0.2.0"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.fixed.md").write_text("Mended.")

    headings = [line for line in changelog.build(tmp_path).splitlines() if line[:3] == "## "]

    assert headings == ["## 0.2.0 (2027-01-15)", "## 0.1.0 (2026-11-30)"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.improved.md", "No such type."),
        ("A b.added.md", "A bad name."),
        ("a.added.md", ""),
        ("a.added.md", "- A list."),
        ("v0.1.0/a.added.md", "A release without date."),
    ],
)
def test_fragment_that_does_not_fit_is_refused(
    changelog: ModuleType, tmp_path: Path, name: str, text: str
) -> None:
    """A file whose name or text does not follow the scheme is named."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)

    with pytest.raises(changelog.FragmentRefused, match=name.split("/")[0]):
        changelog.build(tmp_path)
