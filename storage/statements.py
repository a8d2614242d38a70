"""Counts of what goes to a database: exact figures for tests and the bench."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Statements:
    """Counts the statements and commits that go through some engines.

    Many rows written by one statement count once. BEGIN, SAVEPOINT and RELEASE don't count.
    """

    def __init__(self, *engines: Engine) -> None:
        self.total = 0
        self.commits = 0
        self._lock = threading.Lock()
        for engine in engines:
            event.listen(engine, "before_cursor_execute", self._executed)
            event.listen(engine, "commit", self._committed)

    def _executed(self, *_: object) -> None:
        with self._lock:
            self.total += 1

    def _committed(self, _: object) -> None:
        with self._lock:
            self.commits += 1
