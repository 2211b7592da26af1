from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from roadworthy.errors import NotThere, PackBroken
from roadworthy.lint.material import Material
from roadworthy.lint.matrix import Matrix, matrix_of
from roadworthy.lint.signatures import (
    FILE,
    Signature,
    read_signatures,
    state_of,
    write_signature,
)
from roadworthy.lint.waiting import matrices, waiting

DAY = date(2026, 11, 25)


def pairs_of(matrix: Matrix, title: str) -> set[tuple[str, str]]:
    """The pairs of a block; none where it is not there."""
    return {pair for block in matrix.blocks if block.title == title for pair in block.pairs}


def signed(matrix: Matrix) -> dict[str, Signature]:
    """A signature of the matrix as it is."""
    return {matrix.id: Signature(hash=matrix.hash, by="Ada", on=DAY)}


def edited(folder: Path, edits: Callable[[Path], Path], file: str, find: str, put: str) -> Path:
    """A copy of the tiny pack with one text changed."""
    path = folder / "one.yaml"
    path.write_text(f"- file: {file}\n  find: {find!r}\n  put: {put!r}\n", encoding="utf-8")
    return edits(path)


def test_facts_that_meet_in_a_situation_are_a_pair(tiny_material: Material) -> None:
    """Values of different facts that some item states together, and no two of one fact."""
    facts = pairs_of(matrix_of(tiny_material, "delivery-route"), "Fact beside fact")

    assert ("streets narrow", "load bulky") in facts
    assert not any(one.split()[0] == other.split()[0] for one, other in facts)


def test_each_opening_meets_each_value(tiny_material: Material) -> None:
    """Setups and leads are drawn without looking at the facts, so all of them are pairs."""
    matrix = matrix_of(tiny_material, "delivery-route")
    decision = tiny_material.pack.decision("delivery-route")
    values = {name for name in matrix.texts if name.split()[0] in ("streets", "load")}

    openings = pairs_of(matrix, "Opening beside fact")
    assert {("setup 1", value) for value in values} <= openings
    assert {one for one, _ in pairs_of(matrix, "Lead beside fact")} == {
        f"lead {number + 1}" for number in range(len(decision.scene.lead))
    }


def test_every_kind_has_a_matrix(tiny_material: Material) -> None:
    """Choices, numbers, steps, exhibits and pairs all have pairs, and each pair has its texts."""
    found = list(matrices(tiny_material))

    assert [one.id for one in found] == [
        *sorted(tiny_material.pack.decisions),
        *sorted(tiny_material.pack.pairs),
    ]
    for one in found:
        assert one.size > 0
        assert all(
            name in one.texts for block in one.blocks for pair in block.pairs for name in pair
        )
    with pytest.raises(NotThere):
        matrix_of(tiny_material, "nothing")


@pytest.mark.parametrize(
    ("file", "find", "put", "same"),
    [
        ("decisions/delivery-route.yaml", "At {org}, {crew} have", "In {org}, {crew} have", False),
        ("decisions/delivery-route.yaml", "margin: 2", "margin: 2 # two", True),
        ("decisions/delivery-route.yaml", "a box costs little and", "boxes cost little, and", True),
    ],
    ids=["opening", "comment", "reason"],
)
def test_hash_covers_the_texts_of_the_matrix(
    tmp_path: Path,
    broken: Callable[[Path], Path],
    read_material: Callable[[Path], Material],
    tiny_material: Material,
    file: str,
    find: str,
    put: str,
    same: bool,
) -> None:
    """An opening ends a signature; a comment, or a reason that stands in no pair, does not."""
    before = matrix_of(tiny_material, "delivery-route")
    after = matrix_of(read_material(edited(tmp_path, broken, file, find, put)), "delivery-route")

    assert (state_of(after, signed(before)) == "signed") is same
    assert state_of(after, {}) == "unsigned"


def test_signatures_are_kept_and_replaced(tmp_path: Path, tiny_material: Material) -> None:
    """A signature is found again; signing anew replaces it and leaves the others."""
    one, other = matrix_of(tiny_material, "delivery-route"), matrix_of(tiny_material, "new-oven")
    write_signature(tmp_path, one, Signature(hash="old", by="Ada", on=DAY))
    write_signature(tmp_path, other, Signature(hash=other.hash, by="Bo", on=DAY))
    write_signature(tmp_path, one, Signature(hash=one.hash, by="Cy: the 2nd", on=DAY))

    found = read_signatures(tmp_path)

    assert {name: known.by for name, known in found.items()} == {
        "delivery-route": "Cy: the 2nd",
        "new-oven": "Bo",
    }
    assert state_of(one, found) == "signed"
    assert read_signatures(tmp_path / "elsewhere") == {}


def test_signatures_that_do_not_load_are_told_with_their_line(tmp_path: Path) -> None:
    """A misspelled field is a problem at its line, not a signature that is missing."""
    (tmp_path / "reviews").mkdir()
    (tmp_path / FILE).write_text("x:\n  hash: a\n  buy: Ada\n  on: 2026-11-25\n")

    with pytest.raises(PackBroken) as caught:
        read_signatures(tmp_path)

    assert {problem.place.line for problem in caught.value.problems} >= {3}


def test_what_waits_depends_on_the_day(tiny_material: Material) -> None:
    """A page is past its decay the day after it, with all that leans on it."""
    oldest = min(one.checked for one in tiny_material.pack.sources.values())
    decay = min(one.decay for one in tiny_material.pack.sources.values())
    last = oldest + timedelta(days=decay)

    early = waiting(tiny_material, {}, last)
    late = waiting(tiny_material, {}, last + timedelta(days=400))

    assert not early.sources
    assert {one.id for one in late.sources} == set(tiny_material.pack.sources)
    assert any("lockers" in leaning.name for one in late.sources for leaning in one.leaning)


def test_signed_matrices_do_not_wait(tiny_material: Material) -> None:
    """Those that are read as they are drop out; the rest says whether it was read before."""
    all_of_them = list(matrices(tiny_material))
    signatures = {one.id: Signature(hash=one.hash, by="Ada", on=DAY) for one in all_of_them[1:]}
    signatures["new-oven"] = Signature(hash="other", by="Ada", on=DAY)

    found = waiting(tiny_material, signatures, DAY)

    assert {(one.matrix.id, one.state) for one in found.matrices} == {
        ("delivery-route", "unsigned"),
        ("new-oven", "changed"),
    }
