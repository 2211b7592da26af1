"""A small cache for what follows from an object that cannot be hashed, as a state or a pack.

A state stands for (journal id, last seq) and a pack for its hash, but journals and packs of tests
and simulations may share those. Identity cannot be wrong, and the course keeps one state between
two events, so it finds as much.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class Recent(Generic[Owner, Value]):
    """The values made last, at most ``size``; keeps their owners alive. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Hashable], tuple[object, Value]] = OrderedDict()

    def get_or_make(self, owner: Owner, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of ``owner`` under ``key``, made now if it is not kept."""
        place = (id(owner), key)
        with self._lock:
            found = self._kept.get(place)
            if found is not None:  # the owner is kept alive, so its id is its own
                self._kept.move_to_end(place)
                return found[1]
        value = make()
        with self._lock:
            self._kept[place] = (cast(object, owner), value)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value
