from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from roadworthy.journal.sqlite import open_journal
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.find import snapshot_pack
from roadworthy.pack.fingerprint import decision_hash
from roadworthy.pack.model import Pack
from roadworthy.web.pack_changes import recent_items
from roadworthy.workspace import Workspace

from .conftest import Clock, Visitor, main_of

Meet = Callable[[Pack], Visitor]
NOTE = "What you study has a new version since you were last here."


def other(pack: Pack, **parts: object) -> Pack:
    """The pack with other parts, hashed anew."""
    changed = replace(pack, hash="f" * 16, **parts)  # type: ignore[arg-type]
    hashes = {name: decision_hash(one, changed.facts) for name, one in changed.decisions.items()}
    return replace(changed, decision_hashes=hashes)


def freed(pack: Pack) -> Pack:
    """The pack with one rule of its choice decision left, and what was dear cheap there."""
    route = pack.decisions["delivery-route"]
    assert isinstance(route, ChoiceDecision)
    turned = [cost.model_copy(update={"level": 10 - cost.level}) for cost in route.costs]
    fewer = route.model_copy(update={"rules": route.rules[:1], "costs": turned})
    return other(pack, decisions={**pack.decisions, route.id: fewer})


def smaller(pack: Pack, *gone: str) -> Pack:
    """The pack without some decisions, also in its topics."""
    return other(
        pack, decisions={name: one for name, one in pack.decisions.items() if name not in gone}
    )


@pytest.fixture
def meet(
    evening: Path, tmp_path: Path, tiny_folder: Path, tiny_pack: Pack, clock: Clock
) -> Iterator[Meet]:
    """Opens a home with an evening in it, on the next day, with another version of the pack."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    snapshot_pack(tiny_folder, tmp_path)
    clock.next_day()
    opened: list[Workspace] = []

    def with_pack(pack: Pack) -> Visitor:
        journal = open_journal(tmp_path / "journal.sqlite3", create_as="j")
        opened.append(Workspace(tmp_path, pack, journal, clock, "UTC"))
        opened[-1]._record_new_content()
        return Visitor(opened[-1], clock)

    yield with_pack
    for workspace in opened:
        workspace.close()


def test_without_a_change_the_page_says_so(studying: Visitor) -> None:
    """Nothing has changed: a sentence, no note on Today."""
    words = main_of(studying.get("/pack-changes"))
    assert "The content has not changed since you began" in words
    assert "Keys of what you saw" not in words
    assert NOTE not in main_of(studying.get("/today"))


def test_before_the_course_there_is_no_such_page(visitor: Visitor) -> None:
    """A visitor who has not begun is led to the first page."""
    answer = visitor.client.get("/pack-changes", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_note_stays_until_it_is_dismissed(meet: Meet, tiny_pack: Pack) -> None:
    """A second press changes nothing, and the page stays."""
    candidate = meet(freed(tiny_pack))
    page = candidate.get("/today")
    assert NOTE in main_of(page)
    assert 'href="/pack-changes"' in page

    for _ in range(2):
        assert candidate.post("/pack-changes/seen").headers["location"] == "/today"

    assert NOTE not in main_of(candidate.get("/today"))
    assert "1 decision changed" in main_of(candidate.get("/pack-changes"))
    kinds = [event.kind for event in candidate.desk.course.events()]
    assert kinds.count("pack_change_seen") == 1


def test_the_note_ends_with_the_study_day(meet: Meet, tiny_pack: Pack, clock: Clock) -> None:
    """Shortly after midnight it is still there; the next evening it is gone."""
    candidate = meet(freed(tiny_pack))
    clock.now += timedelta(hours=6)
    assert NOTE in main_of(candidate.get("/today"))
    clock.next_day()
    assert NOTE not in main_of(candidate.get("/today"))


def test_rules_and_moved_keys_are_named_and_open(meet: Meet, tiny_pack: Pack) -> None:
    """Every link leads to the item as it was shown, with the key of then."""
    candidate = meet(freed(tiny_pack))
    page = candidate.get("/pack-changes")
    words = main_of(page)

    assert "Changed decisions" in words
    assert (
        "DR2 is gone. It said: strength: breaks limit; rules out: cargo bikes, freight tram;"
        in words
    )
    assert "goal: cost levels, 0 is best: heated lockers 0, freight tram 2," in words
    seen = {
        name
        for name, (_, item) in recent_items(candidate.desk).items()
        if item.decision == "delivery-route"
    }
    linked = {name for name in seen if f'href="/item/{name}"' in page}
    assert linked
    for name in linked:
        candidate.get(f"/item/{name}")
    count = len(linked)
    assert f"{count} item{'' if count == 1 else 's'} of yours" in words


def test_added_and_removed_decisions_are_named(meet: Meet, tiny_pack: Pack) -> None:
    """What is gone has no link; what was seen of it would not be asked."""
    candidate = meet(smaller(tiny_pack, "delivery-route"))
    words = main_of(candidate.get("/pack-changes"))
    assert "1 decision removed" in words
    assert "Which way goods go to the shops: it is not asked any more." in words
    assert "would not be asked as they were" in words


def test_other_lessons_alone_are_told_as_that(meet: Meet, tiny_pack: Pack) -> None:
    """A version with the same decisions says that every rule decides as before."""
    candidate = meet(replace(tiny_pack, hash="f" * 16))
    words = main_of(candidate.get("/pack-changes"))
    assert "No decision changed" in words
    assert "Every rule decides as before." in words
    assert "none has another key now" in words


@pytest.mark.parametrize("harm", ["lost", "damaged"])
def test_a_lost_version_is_not_compared(
    meet: Meet, tiny_pack: Pack, tmp_path: Path, harm: str
) -> None:
    """Without a whole snapshot the page says so, and still solves the items anew."""
    (snapshot,) = (tmp_path / "packs").iterdir()
    if harm == "lost":
        shutil.rmtree(snapshot)
    else:
        (snapshot / "terms.yaml").write_text("")
    candidate = meet(freed(tiny_pack))
    words = main_of(candidate.get("/pack-changes"))
    assert "cannot be compared" in words
    assert "The content changed; " in words
    assert "another key now" in words


def test_an_item_that_was_taken_back_is_not_linked(meet: Meet, tiny_pack: Pack) -> None:
    """Its page is gone, so it is no longer looked at; the item shown instead is."""
    candidate = meet(tiny_pack)
    course, now = candidate.desk.course, candidate.clock.now
    course.start_session("s", purpose="evening", minutes=30, target=None, now=now)
    shown = course.advance("s", now=now).shown
    assert shown is not None
    course.answer(shown.presentation, chosen=0, confidence=2, milliseconds=9000, now=now)
    course.undo(shown.presentation, now=now)
    names = list(recent_items(candidate.desk))
    assert shown.presentation not in names
    instead = course.view("s").pending
    assert instead is not None
    assert names[0] == instead.presentation


@pytest.mark.slow
@pytest.mark.parametrize("purpose", ["diagnostic", "evening", "topic", "rule"])
def test_an_open_session_goes_on_where_its_decision_is_gone(
    meet: Meet, tiny_pack: Pack, purpose: str
) -> None:
    """The item that waits can be answered as shown; what follows is of the new pack."""
    before = meet(tiny_pack)
    course, now = before.desk.course, before.clock.now
    met = next(one for one in course.state().lessons if one in tiny_pack.decisions)
    rule = before.desk.generator.rules[met][0]
    target = {"topic": tiny_pack.decisions[met].topics[0], "rule": rule}.get(purpose)
    course.start_session("open", purpose=purpose, minutes=30, target=target, now=now)
    position = course.advance("open", now=now)
    for turn in range(9):
        if position.shown is not None:
            break
        assert position.read is not None
        course.read_lesson(
            position.read.decision, position.read.step, session="open",
            milliseconds=9000, key=f"k{turn}", now=now,
        )  # fmt: skip
        position = course.advance("open", now=now)
    waiting = position.shown
    assert waiting is not None

    after = meet(smaller(tiny_pack, waiting.item.decision, "delivery-route"))
    assert after.desk.course.advance("open", now=now).shown == waiting
    page = f"/item/{waiting.presentation}"
    assert waiting.item.stem.split()[0] in main_of(after.get(page))
    wrong = (waiting.item.key + 1) % len(waiting.item.options)
    assert after.post(f"{page}/answer", chosen=wrong, confidence=3).status_code == 303
    after.get(page)

    for turn in range(60):
        answer = after.client.get("/session/open", follow_redirects=True)
        assert answer.status_code == 200
        step = after.desk.course.advance("open", now=after.clock.now)
        if step.finished is not None:
            break
        after.clock.now += timedelta(seconds=60)
        if step.read is not None:
            assert step.read.decision in after.desk.pack.decisions
            after.desk.course.read_lesson(
                step.read.decision, step.read.step, session="open",
                milliseconds=60_000, key=f"after{turn}", now=after.clock.now,
            )  # fmt: skip
            continue
        assert step.shown is not None
        assert step.shown.item.decision in after.desk.pack.decisions
        after.desk.course.answer(
            step.shown.presentation, chosen=0, confidence=2, milliseconds=60_000,
            now=after.clock.now,
        )  # fmt: skip
    else:
        raise AssertionError("the session does not end")


@pytest.mark.parametrize(
    "path",
    [
        "/today", "/plan", "/learn", "/progress", "/settings", "/pack-changes",
        "/learn/topics/roads",
    ],
)  # fmt: skip
def test_every_page_stands_without_a_decision_that_was_studied(
    meet: Meet, tiny_pack: Pack, path: str
) -> None:
    """Beliefs, rules and presentations of a decision that is gone break no page."""
    candidate = meet(smaller(tiny_pack, "delivery-route", "stale-bread"))
    candidate.get(path)
