from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
PAGE = """\
# A page

<!-- [[[cog
import cog
cog.outl("made")
]]] -->
{}<!-- [[[end]]] -->
"""


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/docs.py on a small repository with one page and one fragment, both written."""
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("docs_under_test", TOOLS / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PAGE_PROGRAMS", ())
    for folder in ("docs", "tools", "changelog"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "page.md").write_text(PAGE.format("made\n"))
    (tmp_path / "docs" / "prose.md").write_text("# Prose\n")
    (tmp_path / "changelog" / "a.added.md").write_text("Something.\n")
    (tmp_path / "CHANGELOG.md").write_text(module.build(tmp_path / "changelog"))
    return module


def test_fresh_pages_pass(docs: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    """What follows from its source passes, and the number of pages is said."""
    assert docs.main(["--check"]) == 0

    assert "1 generated pages" in capfd.readouterr().out


def test_stale_block_is_red_and_mended(
    docs: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A block that was edited by hand fails the check, and is written anew without it."""
    (tmp_path / "docs" / "page.md").write_text(PAGE.format("edited\n"))

    assert docs.main(["--check"]) == 1
    assert "make docs" in "".join(capfd.readouterr())

    assert docs.main([]) == 0
    assert (tmp_path / "docs" / "page.md").read_text() == PAGE.format("made\n")


def test_stale_changelog_is_red_and_mended(docs: ModuleType, tmp_path: Path) -> None:
    """A new fragment fails the check until CHANGELOG.md is built anew."""
    (tmp_path / "changelog" / "b.fixed.md").write_text("Mended.\n")

    assert docs.main(["--check"]) == 1
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0


def test_refused_fragment_is_named(
    docs: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fragment with a type that does not exist is named, with exit code 1."""
    (tmp_path / "changelog" / "b.better.md").write_text("Better.\n")

    assert docs.main([]) == 1

    assert "changelog/b.better.md" in capfd.readouterr().err
