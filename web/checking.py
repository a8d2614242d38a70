"""Looking at a package of process maps from outside: first in a process of its own, which a hostile file may take down.

`web/checking_child.py` does all that will be done here, with little memory and time. Only a package that it came through is looked
at again in this process, for what was found; one that it did not is refused with a sentence, and the server lives on.
"""

from __future__ import annotations

import hashlib
import json
import pickle  # noqa: TID251 - between two processes of ours; nothing of it is kept
import signal
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.alone import examine_alone
from engine.clock import SystemClock
from engine.deployment import prepare
from engine.errors import AlurError
from engine.gate import Refused
from engine.ids import Ids
from engine.trial import gave_up
from engine.verdict import Report, report_of
from storage.store import SqlTransaction
from web.in_force import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.actor import Signature
    from engine.deployment import Prepared
    from engine.ids import AgencyId, RequestId
    from engine.seen import SeenInForce
    from web.parts import Parts

    Answer = Callable[[str, list[object]], object]

SECONDS = 60.0
"""How long a package is looked at where others want the processor too; its own time on it is less (`engine.trial`)."""

AT_ONCE = 2
"""Packages that are looked at at the same time; with each comes one more process."""

_LINE = 64 * 1024
"""Bytes of a line that the process may say."""

_LENGTH = 8
_CHILD = Path(__file__).with_name("checking_child.py")
_turns = threading.BoundedSemaphore(AT_ONCE)
_came_through: deque[str] = deque(maxlen=64)  # the page shows one package several times


def check_alone(package: Mapping[str, bytes]) -> Report:
    """Give the verdicts over a package without an office: what it names elsewhere is taken to be there."""
    stopped = rehearse(package, None, _nothing)
    if stopped is not None:
        return stopped
    clock = SystemClock()
    return examine_alone(package, ids=Ids(clock), now=clock.now())


def check_package(here: Parts, package: Mapping[str, bytes], agency: AgencyId) -> Report:
    """Give the verdicts over a package for an agency; nothing is put in force."""
    stopped = _stopped(here, package, agency)
    if stopped is not None:
        return stopped
    now = here.clock.now()
    try:
        prepared = here.database.read(
            lambda c: prepare(
                package,
                agency=agency,
                versions=SqlTransaction(c, here.clock),
                ids=here.ids,
                now=now,
            )
        )
    except Refused as refused:
        return refused.report
    return prepared.report


def put_in_force(  # noqa: PLR0913 - those of the command
    here: Parts,
    package: Mapping[str, bytes],
    *,
    agency: AgencyId,
    by: Signature,
    request: RequestId | None = None,
    seen: SeenInForce | None = None,
) -> Prepared:
    """Put a package from outside in force, looked at in a process of its own before. Raises Refused and Conflict."""
    stopped = _stopped(here, package, agency)
    if stopped is not None:
        raise Refused(stopped.findings, stopped)
    return here.runtime.put_in_force(package, agency=agency, by=by, request=request, seen=seen)


def rehearse(
    package: Mapping[str, bytes],
    agency: AgencyId | None,
    answer: Answer,
    *,
    seconds: float = SECONDS,
) -> Report | None:
    """Look at a package in a process of its own; whatever the package does to it, this returns: None when it came through.

    Else a report over the file that it was at, and nothing of the others.
    """
    with (
        _turns,
        subprocess.Popen(  # noqa: S603 - our own program, by its path
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as child,
    ):
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        try:
            at, end = _converse(child, (dict(package), agency), answer)
            child.wait()  # how it ended is asked below
        finally:
            timer.cancel()
            child.kill()
    if end == "done":
        return None
    file = at if at in package else ""
    found = gave_up(file, why=end or _why(child.returncode))
    return report_of((file,), (), (found,))


def _stopped(here: Parts, package: Mapping[str, bytes], agency: AgencyId) -> Report | None:
    """Rehearse a package, once: what came through lately comes through again."""
    mark = _mark(package, agency)
    if mark in _came_through:
        return None
    stopped = rehearse(package, agency, _answers(here, agency))
    if stopped is None:
        _came_through.append(mark)
    return stopped


def _mark(package: Mapping[str, bytes], agency: AgencyId) -> str:
    parts = (hashlib.sha256(content).hexdigest() + name for name, content in package.items())
    return hashlib.sha256("\n".join((agency, *parts)).encode(errors="replace")).hexdigest()


def _converse(child: subprocess.Popen[bytes], request: object, answer: Answer) -> tuple[str, str]:
    """Send the package and answer what is asked. Gives the file that was looked at last, and how it ended ('' if not at all)."""
    if child.stdin is None or child.stdout is None:
        raise TypeError("Expected pipes to the process, but there are none")
    at = ""
    with suppress(OSError):  # it may be gone already
        _send(child, request)
        while line := child.stdout.readline(_LINE):
            said = _read(line)
            at = str(said.get("at", at))
            if "end" in said:
                return at, str(said["end"])
            if "ask" in said:
                _send(child, _answered(said, answer))
    return at, ""


def _send(child: subprocess.Popen[bytes], what: object) -> None:
    frame = pickle.dumps(what)
    if child.stdin is not None:
        child.stdin.write(len(frame).to_bytes(_LENGTH) + frame)
        child.stdin.flush()


def _read(line: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _answered(said: Mapping[str, object], answer: Answer) -> tuple[bool, object]:
    of = said.get("of")
    try:
        return True, answer(str(said["ask"]), of if isinstance(of, list) else [])
    except (AlurError, KeyError, ValueError, TypeError):
        return False, None


def _answers(here: Parts, agency: AgencyId) -> Answer:
    """Answer what is in force in an agency, and nothing else."""

    def answer(name: str, of: list[object]) -> object:
        return here.database.read(
            lambda c: IN_FORCE[name](SqlTransaction(c, here.clock), agency, of)
        )

    return answer


def _nothing(name: str, _of: list[object]) -> object:
    raise KeyError(name)


def _why(returncode: int) -> str:
    """Tell why a process ended that said nothing: it was killed for its time, or its memory gave out in foreign code."""
    late = (-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGTERM))
    return "time" if returncode in late else "memory"
