"""The demonstration office with its workers, run by hand: what they write and send when there is something to do."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from web_kit import FIRST_REQUEST, Caller, Seen, close, parts_of, settings_for

from engine.notice import MailChoice
from storage.accounts import choose_mail
from web import create_app
from web.worker import workers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from engine.ids import PersonId
    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

SUBJECT = FIRST_REQUEST["perihal"]


@contextmanager
def opened(
    first_morning: Path, folder: Path, clock: FixedClock, **settings: object
) -> Iterator[Flask]:
    """Open the office of the first morning in a folder, with these settings."""
    file = folder / "office.sqlite3"
    shutil.copy(first_morning, file)
    app = create_app(settings_for(file, **settings), clock)
    yield app
    close(app)


def work(app: Flask) -> None:
    """Do every job that is due."""
    workers = workers_of(parts_of(app), app)
    done = True
    while done:
        done = sum(worker.run_due() for worker in workers) > 0
    for worker in workers:
        worker.rest()


def person_of(app: Flask, login: str) -> PersonId:
    """Give the id of somebody."""
    known = parts_of(app).directory.find_credentials(login)
    assert known is not None
    return known.person


def choose(app: Flask, login: str, mail: str, email: str = "") -> None:
    """Let somebody's notices come so."""
    address = email or f"{login}@contoh.go.id"
    person = person_of(app, login)
    choose_mail(parts_of(app).database, person, mail=MailChoice(mail), email=address)


def request_letter(desk: Desk, **fields: str) -> Seen:
    """Let the head ask for a letter, which Bidang Usaha Mikro may draft; gives the page after."""
    head = desk("kepala")
    page = head.start("Pelayanan Surat Keluar")
    return head.send(page, {**FIRST_REQUEST, **fields})


def bell(caller: Caller) -> str:
    """Give what the bell of somebody shows."""
    link = caller.get("/akun").page.select_one("a.bell")
    assert link is not None
    return " ".join(link.get_text(" ", strip=True).split())


def waiting_jobs(app: Flask) -> list[tuple[str, str, str]]:
    """Give the jobs that are left: kind, state and due time."""
    query = "SELECT kind, state, due_at FROM jobs ORDER BY kind, id"
    found = parts_of(app).database.read(lambda c: c.exec_driver_sql(query).all())
    return [tuple(row) for row in found]
