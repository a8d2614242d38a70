"""`alur bench http`: completions over HTTP with all features, as a ratio to a trivial Flask page of the same run (T3).

Sixteen callers send the first form of process A to `alur run` on SQLite: session, permission, form, execution, history,
notice, durable commit. The trivial page is asked alternately; each server is a process, whose CPU time /proc tells.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench import process_a
from bench.callers import request, send_all
from bench.ours import Ours
from bench.report import Figure, Target
from storage.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROUNDS = 5
CALLERS = 16
COMPLETIONS = 300
TRIVIAL = 2_000
SECONDS_TO_START = 60
HOST = "127.0.0.1"

RATE = Target(must=0.12, aim=0.3, at_least=True)

_ROOT = Path(__file__).parents[1]
_ALUR = ("-c", "from web.cli import main; main()", "run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What some requests took: how many were answered a second, and the server's CPU seconds for each."""

    rate: float
    cpu: float


def run(
    *, rounds: int = ROUNDS, told: Callable[[int, int], None] = lambda *_: None
) -> list[Figure]:
    """Measure and give the figures; `told` hears of each round done. Raises OSError where there is no /proc."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alur-bench-")))
        alur, trivial = (HOST, _free_port()), (HOST, _free_port())
        sent = _completions(folder, alur, rounds + 1)
        settings = {
            "ALUR_DATABASE_URL": f"sqlite:///{folder / 'http.sqlite3'}",
            "ALUR_PORT": str(alur[1]),
        }
        ours = stack.enter_context(_server(_ALUR, alur, folder, settings))
        other = stack.enter_context(
            _server(("-m", "bench.trivial", str(trivial[1])), trivial, folder, {})
        )
        asked = [request(trivial, "/")] * TRIVIAL
        pages, forms = [], []
        for number, each in enumerate(sent):
            pages.append(_measure(other, trivial, asked, 200))
            forms.append(_measure(ours, alur, each, 303))
            told(number + 1, len(sent))
    return _figures(pages[1:], forms[1:])  # the first round warms up


def _figures(pages: list[Measured], forms: list[Measured]) -> list[Figure]:
    pairs = list(zip(pages, forms, strict=True))
    rates = tuple(form.rate / page.rate for page, form in pairs)
    costs = tuple(form.cpu / page.cpu for page, form in pairs)
    return [
        Figure(
            name="T3 completions / trivial pages a second, 16 callers", values=rates, target=RATE
        ),
        Figure(name="T3 server CPU of a completion / of a trivial page", values=costs),
    ]


def _completions(folder: Path, address: tuple[str, int], rounds: int) -> list[list[bytes]]:
    """Begin cases and give, for each round, the requests that send their first forms."""
    ours = Ours(folder / "http.sqlite3")
    if ours.database is None:
        raise TypeError("Expected cases in SQLite, but they are in memory")
    opened = Sessions(ours.database).open_session(ours.actor.person)
    definition = ours.deploy(process_a.package())
    tasks = [ours.open_tasks(ours.start(definition))[0] for _ in range(rounds * COMPLETIONS)]
    ours.tell()
    ours.close()
    fields = {"_csrf": opened.session.csrf, "_revisi": "1", **process_a.form_values()}
    cookie = f"alur_sesi={opened.token}"
    requests = [
        request(
            address,
            f"/tugas/{task.id}",
            cookie,
            urlencode({**fields, "_request": f"{number:026}"}).encode(),
        )
        for number, task in enumerate(tasks, len(tasks) + COMPLETIONS)
    ]
    return [requests[n : n + COMPLETIONS] for n in range(0, len(requests), COMPLETIONS)]


def _measure(
    server: int, address: tuple[str, int], requests: Sequence[bytes], expected: int
) -> Measured:
    cpu, before = _cpu_seconds(server), time.perf_counter()
    answers = send_all(address, requests, CALLERS)
    spent, burnt = time.perf_counter() - before, _cpu_seconds(server) - cpu
    if answers != {expected: len(requests)}:
        raise ValueError(f"Expected {len(requests)} answers {expected}, but found {answers}")
    return Measured(rate=len(requests) / spent, cpu=burnt / len(requests))


def _cpu_seconds(process: int) -> float:
    # utime and stime are fields 14 and 15 of proc_pid_stat(5); the name before may hold blanks
    after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server(
    command: tuple[str, ...], address: tuple[str, int], folder: Path, settings: dict[str, str]
) -> Iterator[int]:
    """Run a server until the end of the block; gives its process id when it takes connections."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - this Python, with a program of ours
            [sys.executable, *command],
            cwd=_ROOT,
            env=inherited | settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(process, address)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], address: tuple[str, int]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), closing(socket.create_connection(address, timeout=1)):
            return
        time.sleep(0.05)
    raise TimeoutError(f"Expected a server at {address}, but there is none")


def _free_port() -> int:
    with closing(socket.socket()) as line:
        line.bind((HOST, 0))
        port: int = line.getsockname()[1]
    return port
