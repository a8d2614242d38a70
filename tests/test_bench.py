"""The measurements measure what they say: copies are real cases, callers get every answer, figures know their targets."""

from __future__ import annotations

import threading
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest
from flask import Flask, request
from waitress.server import create_server

from bench import callers, commit, process_a, process_b
from bench.live_rows import copy_case, copy_id
from bench.ours import Ours, walk_values
from bench.report import Figure, Target
from bench.yardstick import Full
from engine.ids import InstanceId
from web.commands.bench import MEASUREMENTS, add_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Ours]:
    ours = Ours(tmp_path / "ours.sqlite3")
    yield ours
    ours.close()


@pytest.fixture
def page() -> Iterator[tuple[str, int]]:
    """Serve a page that says 201 to who sends a form with a greeting, else 404."""
    app = Flask("page")
    app.add_url_rule(
        "/",
        "page",
        lambda: ("", 201 if request.form.get("salam") else 404),
        methods=["GET", "POST"],
    )
    server = create_server(app, host="127.0.0.1", port=0, threads=2, asyncore_use_poll=True)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.socket.getsockname()
    server.close()
    thread.join(timeout=1)
    server.task_dispatcher.shutdown()


def test_the_callers_get_an_answer_to_every_request(page: tuple[str, int]) -> None:
    greeting = callers.request(page, "/", "a=b", b"salam=halo")
    other = callers.request(page, "/")
    assert callers.send_all(page, [greeting] * 30 + [other] * 10, 4) == {201: 30, 404: 10}


def test_a_copied_case_goes_on_like_any_other(ours: Ours) -> None:
    assert ours.database is not None
    case = ours.start(ours.deploy(process_a.package()))
    copy_case(ours.database, case, 3)
    for number in (1, 3):
        copy = InstanceId(copy_id(number))
        (task,) = ours.open_tasks(copy)
        ours.complete(task, walk_values("susun", 1))
        assert [task.element for task in ours.open_tasks(copy)] == ["periksa"]


def test_both_sides_walk_process_a_to_its_end(ours: Ours) -> None:
    case = ours.start(ours.deploy(process_a.package()))
    full = Full(None)
    other = full.start()
    for place, step in enumerate(process_a.WALK):
        visit = process_a.WALK[: place + 1].count(step)
        (task,) = ours.open_tasks(case)
        assert task.element == step
        ours.complete(task, walk_values(step, visit))
        full.complete(other, process_a.values_at(step, visit))
    assert ours.work() == 1
    full.work(other)
    assert ours.open_tasks(case) == ()
    with pytest.raises(IndexError):
        full.work(other)
    full.close()


def test_process_b_is_ten_pieces_of_work(ours: Ours) -> None:
    ours.start(ours.deploy(process_b.package()))
    done = [ours.work() for _ in range(process_b.STEPS + 1)]
    assert done == [1] * process_b.STEPS + [0]


def test_clients_of_a_slow_disk_share_its_commits(ours: Ours) -> None:
    disk = commit.SlowDisk("SQLite", ours, commit.FSYNC)
    assert ours.database is not None
    before = ours.database.statements.commits
    disk.rate(16)
    shared = ours.database.statements.commits - before
    before = ours.database.statements.commits
    disk.rate(1)
    assert shared < ours.database.statements.commits - before


@pytest.mark.parametrize(
    ("value", "target", "verdict"),
    [
        (5, Target(must=2, aim=4, at_least=True), "aim"),
        (3, Target(must=2, aim=4, at_least=True), "must"),
        (1, Target(must=2, aim=4, at_least=True), "missed"),
        (1.2, Target(must=1.3, aim=1.1, at_least=False), "must"),
        (30, Target(must=None, aim=24, at_least=False), "below aim"),
        (30, None, ""),
    ],
)
def test_a_figure_knows_what_it_reaches(value: float, target: Target | None, verdict: str) -> None:
    assert Figure(name="figure", values=(value, value, 0), target=target).verdict == verdict


def test_every_measurement_is_told_in_the_help() -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    told = parser.format_help()
    for name, measurement in MEASUREMENTS.items():
        assert name in told
        assert not parser.parse_args([name]).json
        assert measurement.summary.split(" (")[0][:20] in told
    assert parser.parse_args(["commit", "--fsync-ms", "5"]).fsync_ms == 5
    with pytest.raises(SystemExit):
        parser.parse_args(["store", "--fsync-ms", "5"])
