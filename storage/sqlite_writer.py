"""The one thread that writes to a SQLite file.

Several writers with connections of their own are slower than one, because each commit waits for the disk. So commands queue
up here; the thread runs those that wait, each in a savepoint, commits once for all of them, and only then answers
(`findings/speed.md` 3a). A command that fails is undone alone.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy.exc import DBAPIError

from storage.errors import failed, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

T = TypeVar("T")

GROUP = 64
"""At most so many commands share a commit, so that the first one's answer is not kept waiting for ever."""

_FAILURES = (DBAPIError, sqlite3.Error)

_LOG = logging.getLogger(__name__)


class _Command:
    """Work that waits for its turn, then for its commit."""

    def __init__(self, work: Callable[[Connection], object]) -> None:
        self.work = work
        self.answer: Future[object] = Future()
        self.result: object = None


class SqliteWriter:
    """Runs commands one after another on its own connection and commits them in groups.

    `before_commit` may raise to refuse the commit of a group. `address` is what errors name.
    """

    def __init__(
        self, connection: Connection, address: str, before_commit: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        self._address = address
        self._before_commit = before_commit
        self._waiting: SimpleQueue[_Command | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._is_open = True
        self._thread = threading.Thread(target=self._serve, name="sqlite-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Connection], T]) -> T:
        """Wait until the work was run and committed; give its result or raise its error."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("Expected a command of its own, but a command called another one")
        command = _Command(work)
        with self._gate:
            if not self._is_open:
                raise failed("database_closed", self._address)
            self._waiting.put(command)
        return cast("T", command.answer.result())

    def close(self) -> None:
        """Run what waits, then stop; later commands are refused."""
        with self._gate:
            if self._is_open:
                self._is_open = False
                self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            again = [first]
            while again:
                again = self._run_group(again)
        self._connection.close()

    def _run_group(self, first: list[_Command]) -> list[_Command]:
        """Run these commands and those that wait behind them, and commit once; give those that have to run again.

        SQLite undoes a whole transaction by itself when, for example, the disk is full. Then the command that met it fails,
        and the ones before it run again without it.
        """
        done: list[_Command] = []
        try:
            self._connection.begin()
        except _FAILURES as error:
            self._undo()
            self._refuse(first, error)
            return []
        for command in self._taken(first):
            if self._succeeds(command):
                done.append(command)
            elif not self._raw.in_transaction:
                self._undo()
                return done
        self._commit(done)
        return []

    def _taken(self, first: list[_Command]) -> Iterator[_Command]:
        yield from first
        for _ in range(GROUP - len(first)):
            try:
                command = self._waiting.get_nowait()
            except Empty:
                return
            if command is None:  # closing: this group first, then the end
                self._waiting.put(None)
                return
            yield command

    def _succeeds(self, command: _Command) -> bool:
        try:
            self._raw.execute("SAVEPOINT command")
            command.result = command.work(self._connection)
            self._raw.execute("RELEASE command")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the caller gets it and the thread lives on
            self._undo_command()
            self._refuse([command], error)
            return False
        return True

    def _undo_command(self) -> None:
        if self._raw.in_transaction:
            try:
                self._raw.execute("ROLLBACK TO command")
                self._raw.execute("RELEASE command")
            except sqlite3.Error:
                _LOG.exception("savepoint can't be undone, undoing the transaction")
                self._raw.rollback()

    def _undo(self) -> None:
        # does nothing on a transaction that SQLite has undone already, where a ROLLBACK of ours would be an error
        with suppress(*_FAILURES):
            self._connection.rollback()

    def _commit(self, done: list[_Command]) -> None:
        if not done:
            self._undo()
            return
        try:
            self._before_commit()
            self._connection.commit()
        except BaseException as error:  # noqa: BLE001 - the callers get it and the thread lives on
            self._undo()
            self._refuse(done, error)
            return
        for command in done:
            command.answer.set_result(command.result)

    def _refuse(self, commands: list[_Command], error: BaseException) -> None:
        for command in commands:
            told = translated(error, self._address)
            if told is not error:
                told.__cause__ = error
            command.answer.set_exception(told)
