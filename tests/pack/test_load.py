from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.labs.tiny_labs import add_labs

from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, ExhibitDecision, StepsDecision
from roadworthy.pack.load import load_pack, read_pack
from roadworthy.pack.model import Pack
from roadworthy.pack.topic_text import cut_at_headings, front_matter
from roadworthy.problem import Place


@pytest.fixture
def copy(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack to break."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def slugs(folder: Path) -> list[str]:
    """The slugs of all problems, in the order of their places."""
    return [one.slug for one in load_pack(folder)[1]]


def test_tiny_pack_holds_every_kind_of_decision(tiny_pack: Pack) -> None:
    """The class of a decision follows from its kind."""
    kinds = {name: (type(one), one.kind) for name, one in tiny_pack.decisions.items()}
    assert kinds == {
        "delivery-route": (ChoiceDecision, "choice"),
        "new-oven": (StepsDecision, "steps"),
        "oven-rounds": (ComputeDecision, "compute"),
        "stale-bread": (ChoiceDecision, "diagnosis"),
        "van-list": (ExhibitDecision, "exhibit"),
    }


def test_topics_come_by_number_with_their_parts(tiny_pack: Pack) -> None:
    """The lesson is cut at its headings, and code with ## stays whole."""
    assert list(tiny_pack.topics) == ["roads", "ovens"]
    headings = [heading for heading, _ in tiny_pack.topics["roads"].parts]
    assert headings == ["", "What decides", "On the exam"]
    assert "## not a heading" in tiny_pack.topics["roads"].parts[2][1]


def test_shared_fact_is_looked_up(tiny_pack: Pack) -> None:
    """A decision that names a shared fact gets its values, in the place where it names it."""
    decision = tiny_pack.decisions["delivery-route"]
    assert isinstance(decision, ChoiceDecision)
    assert decision.facts["timing"] == "timing"
    facts = tiny_pack.facts_of(decision)
    assert list(facts) == ["streets", "load", "handover", "timing", "habit"]
    assert list(facts["timing"].values) == ["early", "changing"]


def test_problems_of_all_files_are_collected(copy: Path) -> None:
    """A broken file hides neither the problems of another nor further ones of its own."""
    for name in ("article.yaml", "crosswalk.yaml"):
        path = copy / name
        path.write_text(path.read_text().replace("schema: 1", "schema: 2\nmore: 1"))
    found = load_pack(copy)[1]
    assert [(Path(one.place.file).name, one.place.line, one.slug) for one in found] == [
        ("article.yaml", 1, "unknown-choice"),
        ("article.yaml", 2, "unknown-field"),
        ("crosswalk.yaml", 1, "unknown-choice"),
        ("crosswalk.yaml", 2, "unknown-field"),
    ]


def test_broken_catalog_gives_no_pack(copy: Path) -> None:
    """Without its catalog there is no pack to look at."""
    (copy / "frames.yaml").write_text("schema: 1\n")
    assert load_pack(copy)[0] is None


def test_broken_decision_is_left_out_and_not_blamed_on_others(copy: Path) -> None:
    """Other files may name it: only its own problem is told, and the rest can be worked on."""
    (copy / "decisions" / "delivery-route.yaml").write_text("kind: choice\nschema: 1\n")
    pack, found = load_pack(copy)
    assert pack is not None
    assert sorted(pack.decisions) == ["new-oven", "oven-rounds", "stale-bread", "van-list"]
    assert {one.slug for one in found} == {"missing-field"}


def test_broken_sources_raise_no_storm(copy: Path) -> None:
    """Where sources cannot be read, no mention of a source is called unknown."""
    (copy / "sources.yaml").write_text("- a\n")
    assert slugs(copy) == ["wrong-type"]


def test_empty_terms_are_no_terms(copy: Path) -> None:
    """A file of comments is allowed for terms and sources; every use of them is then unknown."""
    (copy / "terms.yaml").write_text("# none yet\n")
    assert set(slugs(copy)) == {"unknown-term"}


@pytest.mark.parametrize(
    ("name", "content", "slug"),
    [
        ("decisions/x.yml", b"", "file-not-read"),
        ("topics/notes.txt", b"", "file-not-read"),
        ("decisions/x.yaml", b"\xff\xfe", "file-unreadable"),
        ("decisions/x.yaml", b"", "missing-field"),
        ("decisions/x.yaml", b"- 1\n", "wrong-type"),
        ("topics/03-x.md", b"no front matter\n", "front-matter"),
        ("topics/x.md", b"---\nid: x\n---\n", "front-matter"),
        ("topics/03-x.md", b"---\nid: [\n---\n", "yaml-syntax"),
    ],
)
def test_file_that_is_no_content_is_told(copy: Path, name: str, content: bytes, slug: str) -> None:
    """A stray or broken file is a problem of that file, not a crash."""
    (copy / name).write_bytes(content)
    found = load_pack(copy)[1]
    assert slug in [one.slug for one in found]
    assert {one.place.file for one in found} == {(copy / name).as_posix()}


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Each missing file is named."""
    pack, found = load_pack(tmp_path / "nowhere")
    assert pack is None
    assert {one.slug for one in found} == {"file-missing"}


def test_reading_knows_the_place_of_every_field(tiny_folder: Path) -> None:
    """Lint asks for the line of a rule by its place in the model."""
    reading = read_pack(tiny_folder)
    place = reading.place("decisions/delivery-route.yaml", "rules", 1, "because")
    lines = Path(place.file).read_text().splitlines()
    assert lines[place.line - 1][place.column - 1 :].startswith("neither pedals nor rails")
    assert reading.place("decisions/none.yaml", "rules") == Place("decisions/none.yaml")


def test_hash_of_a_decision_is_of_what_it_says(copy: Path) -> None:
    """Comments do not change it; a word does, in a shared fact too; the pack hash sees all."""
    before = load_pack(copy)[0]
    path = copy / "decisions" / "new-oven.yaml"
    path.write_text("# a comment\n" + path.read_text())
    shared = copy / "facts.yaml"
    shared.write_text(shared.read_text().replace("before five in the", "before four in the"))
    after = load_pack(copy)[0]
    assert before is not None and after is not None
    changed = {
        name for name, one in after.decision_hashes.items() if one != before.decision_hashes[name]
    }
    assert changed == {"delivery-route"}
    assert after.hash != before.hash


def test_labs_reviews_and_hidden_files_are_no_part_of_the_hash(copy: Path) -> None:
    """What no item can show does not make a new pack version."""
    before = load_pack(copy)[0]
    add_labs(copy)
    for name in ("reviews/x.yaml", ".git/x.yaml", "decisions/.x.yaml.swp"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("x: 1\n")
    after, found = load_pack(copy)
    assert before is not None and after is not None
    assert found == []
    assert after.hash == before.hash


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("", ()),
        ("opening\n\n## A\ntext\n", (("", "opening"), ("A", "text"))),
        ("## A\n### inner\n## B\n", (("A", "### inner"), ("B", ""))),
        (
            "## A\n~~~\n## no\n```\n## no\n~~~\n## B",
            (("A", "~~~\n## no\n```\n## no\n~~~"), ("B", "")),
        ),
        ("##no\n", (("", "##no"),)),
    ],
)
def test_lessons_are_cut_at_headings(markdown: str, parts: tuple[tuple[str, str], ...]) -> None:
    """An opening has no heading; fences keep what looks like one."""
    assert cut_at_headings(markdown) == parts


def test_front_matter_ends_at_its_line() -> None:
    """A rule in the lesson is not taken for the end, and line ends may be those of Windows."""
    assert front_matter("---\na: 1\n---\nx\n---\n") == ("a: 1\n", "x\n---\n")
    assert front_matter("---\r\na: 1\r\n---\r\nx") == ("a: 1\r\n", "x")
    assert front_matter("x\n---\n") == (None, "x\n---\n")
