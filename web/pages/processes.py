"""*Mulai proses*: what the caller may start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from engine.ids import DefinitionId
from engine.office_value import declared_values, missing_values
from storage.office_values import list_office_values
from storage.queries.next_task import find_next_task
from storage.queries.processes import list_startable
from web.auth import actor
from web.input import request_id
from web.parts import parts
from web.permissions import ROUTES, admits

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.process import Process
    from engine.spiff.program import Program
from storage.queries.processes import Startable

processes = Blueprint("processes", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A process that can be started, with what its drawing says of it."""

    startable: Startable
    process: Process
    missing: tuple[str, ...]
    """What the office has to set before a case can begin."""

    @property
    def code(self) -> str:
        """The code of the process in the office's map (`peta.kode`)."""
        told = self.process.properties
        return told.get("peta.kode", "") or told.get("sop.nomor", "")


@processes.get("/proses")
def index() -> str:
    """Show the processes in force that the caller may start."""
    caller = actor()
    found = parts().database.read(lambda c: list_startable(c, caller))
    program = parts().runtime.program
    cards = [_card(each, program(each.definition)) for each in found]
    may_set = admits(ROUTES["office_values.index"], caller)
    return render_template("pages/processes.html", cards=cards, may_set=may_set)


def _card(startable: Startable, program: Program) -> Card:
    process, agency = program.process, program.definition.agency
    rows = (
        parts().database.read(lambda c: list_office_values(c, agency, process.key))
        if declared_values(process)
        else ()
    )
    missing = missing_values(process, {row.name: row.value for row in rows})
    return Card(startable=startable, process=process, missing=missing)


@processes.post("/proses/<definition_id>/mulai")
def start(definition_id: str) -> Response:
    """Start a case and go to its first task if that is the caller's, else to the case."""
    caller = actor()
    case = parts().runtime.start(DefinitionId(definition_id), actor=caller, request=request_id())
    task = parts().database.read(lambda c: find_next_task(c, caller, case))
    if task is None:
        return redirect(url_for("case.show", case_id=case, kabar="dimulai", id=case), 303)
    return redirect(url_for("task.show", task_id=task, kabar="dimulai", id=case), 303)
