"""`kill -9` of the server in the middle of completions: what was acknowledged is there, once; what was not is whole or absent.

Officers send their first task over HTTP. What gets no answer they send again with the same request id, as a browser's reload
does. The server is killed at random moments and started again.
"""

from __future__ import annotations

import http.client
import random
import re
import threading
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from serving import Server
from sqlalchemy import select

from engine.chain import GENESIS, digest
from engine.clock import SystemClock
from engine.history import InstanceStarted, UserTaskCompleted
from engine.ids import ChainId
from storage.database import open_database
from storage.history import list_records
from storage.tables import instances, user_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engine.chain import Record
    from storage.database import Database

OFFICERS = 4
PATIENCE = 120
"""Seconds that one completion may take, with the server away meanwhile."""
LETTER = {
    "perihal": "Undangan rapat",
    "tujuan_surat": "Camat",
    "dasar": "",
    "pokok_isi": "Rapat koordinasi",
    "unit_pembuat": "sekretariat",
    "sifat": "",
    "tenggat": "",
}
_HIDDEN = re.compile(r'name="(_csrf|_request|_revisi)" value="([^"]*)"')
_START = re.compile(r'action="(/proses/[^"]+/mulai)"')


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Give a server on an empty database."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


def test_a_killed_server_loses_nothing_and_does_nothing_twice(server: Server) -> None:
    _kill_amid(server, completions=60, kills=2)


@pytest.mark.faults
def test_a_server_killed_ten_times_in_500_completions_loses_nothing(server: Server) -> None:
    _kill_amid(server, completions=500, kills=10)


class Officer(threading.Thread):
    """The head of the office at a browser: starts letters and sends their first form, insisting on an answer."""

    def __init__(self, server: Server, cases: int, done: Callable[[], None]) -> None:
        super().__init__()
        self._server = server
        self._cases = cases
        self._done = done
        self._cookies: dict[str, str] = {}
        self.acknowledged: list[str] = []

    def run(self) -> None:
        """Start and send, one case after the other."""
        self._sign_in()
        for _ in range(self._cases):
            chooser = self._get("/proses")
            start = _START.search(chooser)
            assert start is not None
            task = self._insist(start.group(1), _hidden(chooser)).partition("?")[0]
            form = LETTER | _hidden(self._get(task))
            self._insist(task, form)
            self.acknowledged.append(task.rpartition("/")[2])
            self._done()

    def _sign_in(self) -> None:
        page = self._get("/masuk")
        person = {"login": "kepala", "sandi": "peragaan-alur", "lanjut": "/tugas"}
        self._insist("/masuk", _hidden(page) | person)

    def _get(self, path: str) -> str:
        while True:
            try:
                return self._ask("GET", path)[1]
            except (OSError, http.client.HTTPException):
                self._server.wait_until_back()

    def _insist(self, path: str, form: dict[str, str]) -> str:
        """Send until there is an answer, always the same; give the address it leads to."""
        while True:
            try:
                status, page, location = self._ask("POST", path, form)
            except (OSError, http.client.HTTPException):
                self._server.wait_until_back()
                continue
            assert status == 303, page
            return location

    def _ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items() if v)}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        with closing(
            http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=60)
        ) as line:
            line.request(method, path, body=body, headers=headers)
            answer = line.getresponse()
            page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, page, answer.headers.get("Location", "")


def _kill_amid(server: Server, *, completions: int, kills: int) -> None:
    chance = random.Random(20261121)  # noqa: S311 - when to kill, the same in each run
    progress = threading.Semaphore(0)
    officers = [Officer(server, completions // OFFICERS, progress.release) for _ in range(OFFICERS)]
    for officer in officers:
        officer.start()
    for _ in range(kills):
        for _ in range(chance.randint(1, completions // kills - 1)):
            assert progress.acquire(timeout=PATIENCE), "an officer got no further"
        server.kill()
        server.start()
    for officer in officers:
        officer.join()
    server.stop()
    acknowledged = [task for officer in officers for task in officer.acknowledged]
    assert len(acknowledged) == completions
    database = open_database(server.database_url, SystemClock(), read_only=True)
    _check(database, acknowledged)
    database.close()


def _check(database: Database, acknowledged: list[str]) -> None:
    """Look for lost, doubled and stuck ones, and at every link of every chain."""
    cases = database.read(lambda c: list(c.execute(select(instances.c.id)).scalars()))
    chains = {
        case: database.read(lambda c, case=case: list_records(c, ChainId(case), limit=1000))
        for case in cases
    }
    done = [r.event.task for records in chains.values() for r in _completions(records)]
    assert sorted(done) == sorted(set(done)), "done twice"
    assert set(acknowledged) <= set(done), "lost"
    assert len(cases) == len(acknowledged), "started twice"
    for records in chains.values():
        assert isinstance(records[0].event, InstanceStarted)
        _check_chain(records)
    waiting = database.read(
        lambda c: list(
            c.execute(
                select(user_tasks.c.instance_id).where(user_tasks.c.state == "created")
            ).scalars()
        )
    )
    assert sorted(waiting) == sorted(cases), "stuck"


def _completions(records: tuple[Record, ...]) -> Iterator[Record]:
    return (record for record in records if isinstance(record.event, UserTaskCompleted))


def _check_chain(records: tuple[Record, ...]) -> None:
    before = GENESIS
    for seq, record in enumerate(records, 1):
        assert record.seq == seq
        assert record.prev == before
        assert record.hash == digest(record)
        before = record.hash


def _hidden(page: str) -> dict[str, str]:
    """Give the hidden fields of the page's own form: the last of each name, behind the one that signs out."""
    return dict(_HIDDEN.findall(page))
