"""The process that looks at a package of process maps that came from outside, and tries it out.

Runs alone, by its path: `python -I web/checking_child.py`. A hostile file may take this process down, but not the server: it has
little memory and time, reaches no network, writes no file and starts no process. It reads frames from its standard input (eight bytes
of length, then a pickle of ours: the package, later answers) and writes lines of JSON: `{"at": file}` before it looks at one,
`{"ask": name, "of": [...]}` for what is in force, and at last `{"end": "done"}` or why it gave up. What it found is not asked: `web.checking`
finds it again, having seen that this takes neither long nor much.
"""

from __future__ import annotations

import json
import pickle  # noqa: TID251 - between two processes of ours; nothing of it is kept
import sys
from typing import TYPE_CHECKING, cast

from engine.alone import examine_alone
from engine.clock import SystemClock
from engine.deployment import prepare
from engine.errors import NotFound
from engine.gate import Refused
from engine.ids import AgencyId, Ids
from engine.trial import MEGABYTES, SECONDS

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Agency
    from engine.decision.stored import DecisionRef, StoredDecision
    from engine.ids import DefinitionId, DeploymentId
    from engine.kept_map import KeptMap
    from engine.message import Subscription
    from engine.office import Roster
    from engine.store import Definition
    from engine.version import Version
    from engine.wait import WaitKind

LENGTH = 8
"""Bytes that say how long a frame is."""

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "urllib.",
)
"""Beginnings of what Python is to refuse from now on (names of audit events)."""


class Forbidden(BaseException):
    """Something was tried that a look at a package never needs."""


class Asking:
    """What is in force, asked from the server; see `engine.deployment.Versions`. The server knows the agency."""

    def find_latest(self, _agency: AgencyId, key: str) -> Definition | None:
        """Ask for the newest version of a process."""
        return cast("Definition | None", ask("find_latest", key))

    def list_versions(self, _agency: AgencyId, key: str) -> tuple[Version, ...]:
        """Ask for the versions of a process."""
        return cast("tuple[Version, ...]", ask("list_versions", key))

    def get_definition(self, definition: DefinitionId) -> Definition:
        """Ask for a version. Raises NotFound."""
        return cast("Definition", ask("get_definition", definition))

    def find_decision(
        self, _agency: AgencyId, reference: DecisionRef, deployment: DeploymentId
    ) -> StoredDecision | None:
        """Ask for a decision."""
        named = (reference.key, reference.binding.value, reference.version, reference.tag)
        return cast("StoredDecision | None", ask("find_decision", *named, deployment))

    def find_map(self, _agency: AgencyId, key: str) -> KeptMap | None:
        """Ask for the newest map of a process."""
        return cast("KeptMap | None", ask("find_map", key))

    def get_roster(self, _agency: AgencyId) -> Roster:
        """Ask who there is."""
        return cast("Roster", ask("get_roster"))

    def get_agency(self, _agency: AgencyId) -> Agency:
        """Ask for the agency."""
        return cast("Agency", ask("get_agency"))

    def list_subscriptions(
        self, _agency: AgencyId, kind: WaitKind, name: str, key: str | None
    ) -> tuple[Subscription, ...]:
        """Ask who waits for a message or signal."""
        return cast("tuple[Subscription, ...]", ask("list_subscriptions", kind.value, name, key))


def main() -> None:
    """Look at the package that comes in, and say how that ended."""
    package, agency = cast("tuple[Mapping[str, bytes], str | None]", receive())
    limit()
    try:
        look(package, agency)
    except MemoryError:
        end = "memory"
    except Exception:  # noqa: BLE001 - whatever is wrong, the server is to hear of it
        end = "broken"
    else:
        end = "done"
    say({"end": end})


def look(package: Mapping[str, bytes], agency: str | None) -> None:
    """Do all that will be done when the package is put in force, but for storing it."""
    clock = SystemClock()

    def watch(file: str) -> None:
        say({"at": file})

    if agency is None:
        examine_alone(package, ids=Ids(clock), now=clock.now(), watch=watch)
        return
    try:
        prepare(
            package,
            agency=AgencyId(agency),
            versions=Asking(),
            ids=Ids(clock),
            now=clock.now(),
            watch=watch,
        )
    except Refused:
        return


def limit() -> None:
    """Take from this process what it does not need; Windows has no such limits, only the time of `web.checking`."""
    sys.addaudithook(_refuse)
    if sys.platform != "win32":
        for what, most in (
            (resource.RLIMIT_AS, MEGABYTES * 1024 * 1024),
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NPROC, 0),
        ):
            resource.setrlimit(what, (most, most))


def ask(name: str, *of: str | int | None) -> object:
    """Ask the server for something in force. Raises NotFound where there is none."""
    say({"ask": name, "of": of})
    is_there, found = cast("tuple[bool, object]", receive())
    if not is_there:
        raise NotFound(f"Expected something at {name}, but there is none", code="not_found")
    return found


def say(line: Mapping[str, object]) -> None:
    """Write a line to the server."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def receive() -> object:
    """Read a frame from the server."""
    length = int.from_bytes(sys.stdin.buffer.read(LENGTH))
    return pickle.loads(sys.stdin.buffer.read(length))  # noqa: S301 - the server's own, never a file's


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(FORBIDDEN):
        raise Forbidden(event)


if __name__ == "__main__":
    main()
