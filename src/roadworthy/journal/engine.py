"""How SQLite is set up: write-ahead log, full synchronisation, the write lock taken at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from roadworthy.journal.snapshot import connect


def make_engine(path: Path, *, busy_timeout: float, max_pages: int | None) -> Engine:
    """An engine for the existing file ``path``.

    Transactions of ``engine.execution_options(writes=True)`` take the write lock at their start;
    all others read one moment. ``busy_timeout`` is in seconds; ``max_pages`` limits the file.
    """

    def connect_and_set() -> sqlite3.Connection:
        connection = connect(path, busy_timeout=busy_timeout)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            if max_pages is not None:
                connection.execute(f"PRAGMA max_page_count={int(max_pages)}")
        except BaseException:
            connection.close()
            raise
        return connection

    # As many connections as a web server has threads; each is a file handle, no more.
    engine = create_engine(
        "sqlite://", creator=connect_and_set, poolclass=QueuePool, pool_size=4, max_overflow=60
    )
    event.listen(engine, "begin", _begin)
    return engine


def use_write_ahead_log(path: Path, busy_timeout: float) -> None:
    """Set the file to WAL, once; the file remembers it."""
    with closing(connect(path, busy_timeout=busy_timeout)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
