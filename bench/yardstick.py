"""The yardstick "full": plain SpiffWorkflow, the whole workflow serialised to JSON at each step, kept in SQLite.

It is what its own documentation shows: the parsed process once, then for each completion load the JSON, complete, save the
JSON, with a table of open tasks beside it (an inbox needs one). It writes no history.
"""

from __future__ import annotations

import sqlite3
import warnings
from typing import TYPE_CHECKING

from bench import process_a

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from SpiffWorkflow import TaskState
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TABLES = """
CREATE TABLE cases (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE open_tasks (case_id INTEGER NOT NULL, task TEXT NOT NULL, name TEXT NOT NULL, lane TEXT);
"""


class Full:
    """Cases of a process (A, if no other is given) on plain SpiffWorkflow; `path` is a SQLite file, or None to keep them in memory."""

    def __init__(self, path: Path | None, source: bytes = b"", key: str = process_a.KEY) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(source or process_a.bpmn(for_alur=False))
        self._spec = parser.get_spec(key)
        self._serializer = BpmnWorkflowSerializer()
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        if path is not None:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_TABLES)

    def start(self) -> int:
        """Start a case and give its number."""
        workflow = BpmnWorkflow(self._spec, {})
        workflow.do_engine_steps()
        self._connection.execute("BEGIN IMMEDIATE")
        row = self._connection.execute("INSERT INTO cases (state) VALUES ('')")
        self._save(int(row.lastrowid or 0), workflow)
        return int(row.lastrowid or 0)

    def complete(self, case: int, values: Mapping[str, str]) -> None:
        """Complete the one open task of a case."""
        self._connection.execute("BEGIN IMMEDIATE")
        found = self._connection.execute("SELECT state FROM cases WHERE id = ?", (case,)).fetchone()
        workflow = self._serializer.deserialize_json(found[0])
        task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data.update(values)
        task.run()
        workflow.do_engine_steps()
        self._save(case, workflow)

    def work(self, case: int) -> None:
        """Finish the one service task that a case waits for."""
        self.complete(case, {})

    def size(self, case: int) -> int:
        """Give the bytes that a case takes."""
        row = self._connection.execute("SELECT length(state) FROM cases WHERE id = ?", (case,))
        return int(row.fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _save(self, case: int, workflow: BpmnWorkflow) -> None:
        state = self._serializer.serialize_json(workflow)
        self._connection.execute("UPDATE cases SET state = ? WHERE id = ?", (state, case))
        self._connection.execute("DELETE FROM open_tasks WHERE case_id = ?", (case,))
        for task in workflow.get_tasks(state=TaskState.READY, manual=True):
            self._connection.execute(
                "INSERT INTO open_tasks VALUES (?, ?, ?, ?)",
                (case, str(task.id), task.task_spec.name, task.task_spec.lane),
            )
        self._connection.execute("COMMIT")
