"""Recall: a limit is asked, a number or word is typed, and the same rule judges it for ever.

The answer travels with the item, so a response can be judged years later without the pack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from roadworthy.items.identity import digest, draw, situation_id, surface_id
from roadworthy.items.item import Item, NearMiss, Recall
from roadworthy.items.phrase import fill
from roadworthy.pack.limit import Limit

DECISION = "limits"
"""What stands for the decision of a recall item; no decision of a pack may have this id."""
_NUMBER = re.compile(r"^([0-9][0-9,_ ]*(?:\.[0-9]+)?|\.[0-9]+)\s*([a-z%]*)$")
_TIMES = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}


def recall_item(
    limit_id: str, limit: Limit, words: Mapping[str, str], *, section: str, seed: int
) -> Item:
    """The item that asks for a limit. ``words``: product names by '@term'."""
    random = draw(seed, DECISION, limit_id)
    stem = fill(random.choice(limit.ask), words)
    situation = situation_id(DECISION, {"limit": limit_id}, None)
    answer = limit.word if limit.word is not None else _printed(limit.number or 0.0)
    return Item(
        id=digest("item", situation, limit.model_dump(mode="json")),
        situation=situation,
        surface=surface_id(stem, ()),
        decision=DECISION,
        title=fill(limit.name, words),
        kind="recall",
        length="brief",
        section=section,
        objective=".".join(limit.considerations[0].split(".")[:2]),
        considerations=tuple(limit.considerations),
        topics=tuple(limit.topics),
        rules=(f"{DECISION}.{limit_id}",),
        facts={"limit": limit_id},
        goal=None,
        goal_name=None,
        goal_decides=False,
        stem=stem,
        spans={},
        decisive=(),
        options=(),
        argue=(),
        goal_row=(),
        flips=(),
        frame="",
        style=0,
        seed=seed,
        recall=Recall(
            answer=fill(answer, words),
            number=limit.number is not None,
            unit=limit.unit or "",
            accept=tuple(fill(one, words) for one in limit.accept),
            because=fill(limit.because, words),
            near=tuple(
                NearMiss(fill(one.value, words), fill(one.because, words)) for one in limit.near
            ),
            source=limit.source,
            checked=limit.checked.isoformat(),
        ),
    )


def holds(recall: Recall, typed: str) -> bool:
    """Whether the typed text is the answer, give or take writing: '1,000' is '1000', 'k' too."""
    return any(_same(recall, one, typed) for one in (recall.answer, *recall.accept))


def near_miss(recall: Recall, typed: str) -> NearMiss | None:
    """The wrong answer with a reason that this is, if it is one."""
    return next((one for one in recall.near if _same(recall, one.value, typed)), None)


def readable(recall: Recall, typed: str) -> bool:
    """Whether an answer of this kind can be made of the text: a number, or any word."""
    if recall.number:
        return _value(typed) is not None
    return bool(_plain(typed))


def _same(recall: Recall, answer: str, typed: str) -> bool:
    if recall.number:
        wanted, given = _value(answer), _value(typed)
        if wanted is None or given is None:
            return _plain(answer) == _plain(typed)
        return abs(wanted - given) <= 1e-9 * max(1.0, abs(wanted))
    return _plain(answer) == _plain(typed)


def _value(text: str) -> float | None:
    """The number of '1,000', '1k', '10 min'; units other than k and m are left to the reader."""
    match = _NUMBER.match(text.strip().lower())
    if match is None:
        return None
    number = float(re.sub(r"[,_ ]", "", match[1]))
    return number * _TIMES.get(match[2], 1.0)


def _plain(text: str) -> str:
    """Small letters and digits only, without accents, articles and a plural s."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", bare) if word not in ("the", "a", "an")]
    return "".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _printed(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"
