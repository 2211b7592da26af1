from __future__ import annotations

from roadworthy.lint.claims import claims
from roadworthy.lint.material import Material


def test_claims_of_map_and_notes_are_watched(tiny_material: Material) -> None:
    """A line of the map and a link of a note go stale like a rule; each is named and placed."""
    found = {claim.name: claim for claim in claims(tiny_material)}
    placed = found["dispatch at plan"]
    assert placed.place.file.endswith("map.yaml") and placed.place.line is not None
    linked = found["2.1.a, dispatch-manual"]
    assert linked.place.file.endswith("objectives/2.1.md") and linked.place.line is not None
    assert found["lockers at plan"].sourced.status == "unconfirmed"
    assert "DR1" in found and "first-stop" in found
