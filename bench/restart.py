"""Opens a database anew and completes one task: what `alur bench store` starts as a process of its own (T9).

Told the address and the task, it prints the seconds from the opening to the answer; loading Python's modules is not counted.
"""

from __future__ import annotations

import sys
import time

from bench import process_a
from engine.clock import SystemClock
from engine.ids import PersonId, RequestId, UserTaskId
from engine.runtime import Runtime
from storage.database import open_database
from storage.migrations import migrate
from storage.store import SqlStore


def main() -> None:
    """Measure and print."""
    url, task = sys.argv[1:]
    before = time.perf_counter()
    database = open_database(url, SystemClock())
    migrate(database)
    store = SqlStore(database)
    Runtime(store, SystemClock()).complete(
        UserTaskId(task),
        dict(process_a.form_values()),
        actor=store.transact(lambda tx: tx.get_actor(PersonId("petugas"))),
        request=RequestId(f"anew-{task}"),
        revision=1,
    )
    spent = time.perf_counter() - before
    database.close()
    sys.stdout.write(f"{spent}\n")


if __name__ == "__main__":
    main()
