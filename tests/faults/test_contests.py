"""Two want the same thing at the same moment: one wins, the other is told who and when and loses no text (A3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contest_kit import FORKED, SEND, STRAIGHT, WRITTEN, Arena, Outcome, one_wins

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.user_task import UserTask

SOME, MANY = 10, 100
AT = "21 November 2026, 08.00 WIB"
SHORT_AT = "21 Nov"


def complete_complete(arena: Arena) -> None:
    """Two clerks send the same form."""
    task = _task(arena)
    outcomes = arena.contest(*(_sends(arena, login, task) for login in ("ani", "budi")))
    winner = one_wins(arena, outcomes)
    name = "Nama Budi" if winner else "Nama Ani"
    _told(outcomes[1 - winner], f"sudah diselesaikan oleh {name} pada {AT}")
    _kept(arena, "ani" if winner else "budi", task, outcomes[1 - winner])
    assert arena.events(task.instance).count("user_task_completed") == 1


def complete_claim(arena: Arena) -> None:
    """One sends the form, the other takes the task."""
    task = _task(arena)
    page = arena.page_of("budi", task)
    take = arena.posts("budi", f"{page.path}/ambil", page.form("/ambil"))
    sent, taken = arena.contest(_sends(arena, "ani", task), take)
    if one_wins(arena, (sent, taken)):
        _told(sent, f"sedang dikerjakan oleh Nama Budi sejak {AT}")
        _kept(arena, "ani", task, sent)
    else:
        _told(taken, f"sudah diselesaikan oleh Nama Ani pada {AT}")


def complete_reassign(arena: Arena) -> None:
    """One sends the form, the head gives the task to somebody else."""
    task = _task(arena)
    page = arena.browser("kepala").get(f"/tugas/banyak/tugaskan?tugas={task.id}.{task.revision}")
    fields = {**page.form("/tugaskan"), "kepada": "citra", "catatan": "Mohon dilanjutkan"}
    give = arena.posts("kepala", "/tugas/banyak/tugaskan", fields)
    sent, given = arena.contest(_sends(arena, "ani", task), give)
    if one_wins(arena, (sent, given)):
        _told(sent, f"sedang dikerjakan oleh Nama Citra sejak {AT}")
        _kept(arena, "ani", task, sent)
    else:
        _told(given, f"sudah diselesaikan oleh Nama Ani pada {AT}")


def complete_cancel(arena: Arena) -> None:
    """One sends the form, the head stops the case."""
    task = _task(arena)
    page = arena.browser("kepala").get(f"/perkara/{task.instance}")
    fields = {**page.form("/batal"), "alasan": "Dicabut pemohon"}
    stop = arena.posts("kepala", f"/perkara/{task.instance}/batal", fields)
    sent, stopped = arena.contest(_sends(arena, "ani", task), stop)
    if one_wins(arena, (sent, stopped)):
        _told(sent, "sudah tidak diperlukan lagi", "Nama Kepala", "Dicabut pemohon", SHORT_AT)
        _kept(arena, "ani", task, sent)
    else:
        _told(stopped, "baru saja berubah", "Dicabut pemohon", "Nama Ani", SHORT_AT)


def claim_claim(arena: Arena) -> None:
    """Two clerks take the same task."""
    task = _task(arena)
    pages = {login: arena.page_of(login, task) for login in ("ani", "budi")}
    outcomes = arena.contest(
        *(arena.posts(n, f"{p.path}/ambil", p.form("/ambil")) for n, p in pages.items())
    )
    winner = one_wins(arena, outcomes)
    name = "Nama Budi" if winner else "Nama Ani"
    _told(outcomes[1 - winner], f"sedang dikerjakan oleh {name} sejak {AT}")
    assert arena.events(task.instance).count("user_task_claimed") == 1


def complete_upgrade(arena: Arena) -> None:
    """One sends a form while a new version of the process comes into force: both are done, and the case keeps its version."""
    task = _task(arena)
    deploys = arena.commands(lambda: arena.deploy(_changed(arena, STRAIGHT), "lurus"))
    outcomes = arena.contest(_sends(arena, "ani", task), deploys)
    assert [outcome.status for outcome in outcomes] == [SEND, SEND]
    (following,) = arena.open_tasks(task.instance)
    assert (following.element, following.definition) == ("periksa", task.definition)
    newest = arena.transact(lambda tx: tx.find_latest(following.agency, "lurus"))
    assert newest is not None
    assert newest.id != task.definition


def join_join(arena: Arena) -> None:
    """Two finish the two branches before a join: both are done, and the join fires once."""
    case = arena.start(arena.forked)
    left, right = arena.open_tasks(case)
    outcomes = arena.contest(_sends(arena, "ani", left), _sends(arena, "budi", right))
    assert [outcome.status for outcome in outcomes] == [SEND, SEND]
    assert [task.element for task in arena.open_tasks(case)] == ["periksa"]
    assert arena.events(case).count("user_task_completed") == 2


def deploy_start(arena: Arena) -> None:
    """Begin a case while a new version comes into force: both are done, and the case follows one version whole."""
    before = arena.forked
    case = []
    deploys = arena.commands(
        lambda: setattr(arena, "forked", arena.deploy(_changed(arena, FORKED), "cabang"))
    )
    starts = arena.commands(lambda: case.append(arena.start(before)))
    outcomes = arena.contest(deploys, starts)
    assert [outcome.status for outcome in outcomes] == [SEND, SEND]
    assert {task.definition for task in arena.open_tasks(case[0])} == {before}
    assert arena.start(arena.forked)


CONTESTS = {
    "complete/complete": complete_complete,
    "complete/claim": complete_claim,
    "complete/reassign": complete_reassign,
    "complete/cancel": complete_cancel,
    "complete/upgrade of definition": complete_upgrade,
    "claim/claim": claim_claim,
    "join/join": join_join,
    "deploy/start": deploy_start,
}


@pytest.mark.parametrize("contest", CONTESTS)
def test_one_of_two_wins_and_the_other_is_told(arena: Arena, contest: str) -> None:
    for _ in range(SOME):
        CONTESTS[contest](arena)


@pytest.mark.faults
@pytest.mark.parametrize("contest", CONTESTS)
def test_one_of_two_wins_a_hundred_times(arena: Arena, contest: str) -> None:
    for _ in range(MANY):
        CONTESTS[contest](arena)


def _task(arena: Arena) -> UserTask:
    (task,) = arena.open_tasks(arena.start(arena.straight))
    return task


def _sends(arena: Arena, login: str, task: UserTask) -> Callable[[], Outcome]:
    return arena.sends(login, arena.page_of(login, task))


def _changed(arena: Arena, lines: str) -> str:
    """Give a drawing that is a new version: with another name for its last step."""
    return lines.replace("manual periksa", f"manual periksa name=Periksa-{arena.request()}")


def _told(outcome: Outcome, *words: str) -> None:
    for each in words:
        assert each in outcome.text


def _kept(arena: Arena, login: str, task: UserTask, outcome: Outcome) -> None:
    """Find what was typed on the page that tells of the loss, and still on the task's."""
    assert WRITTEN in outcome.text
    assert WRITTEN in arena.page_of(login, task).text
    arena.forget(login, task)
