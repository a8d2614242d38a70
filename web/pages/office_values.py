"""*Ketetapan kantor*: the numbers that the office sets where no document gives them, for who oversees it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import CommandRejected, InvalidSubmission
from engine.form import FieldProblem, NumberField, Refused, number_words
from engine.office_value import declared_values, order_of
from storage.office_values import list_office_values
from storage.queries.letters import list_in_force
from web.auth import actor
from web.errors import status_of
from web.form_words import problem_text
from web.office_view import by, told, typed
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.office_value import OfficeValue
    from engine.process import Process

office_values = Blueprint("office_values", __name__)

NEWS = {"simpan": "Ketetapan disimpan; berlaku untuk keputusan sesudah ini."}

_VALUE, _BEFORE = "nilai.", "semula."
"""Beginnings of the names of fields: what is typed, and what stood there when the page was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One number of a process: what is set, and what stands in its field."""

    name: str
    label: str
    found: OfficeValue | None
    text: str
    problem: str

    @property
    def before(self) -> str:
        """What is set as it is typed, empty when nothing is."""
        return _typed(self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessCard:
    """The numbers of a process in force, and in which order they must rise."""

    key: str
    name: str
    lines: tuple[ValueLine, ...]
    rising: tuple[str, ...]

    @property
    def lacks(self) -> int:
        """How many are not set."""
        return sum(line.found is None for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A form as it was sent, with what is wrong with its fields by name."""

    process: str
    texts: dict[str, str]
    reason: str
    problems: dict[str, str]


class _Unreadable(InvalidSubmission):
    """Some fields hold no number; `problems` says why, by name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(
            f"Expected numbers, but not in {sorted(problems)}", code="office_value_shape"
        )
        self.problems = problems


@office_values.get("/kantor/ketetapan")
def index() -> str:
    """Show the numbers that processes in force want of the office."""
    return _page()


@office_values.post("/kantor/ketetapan")
def save() -> Response | tuple[str, int]:
    """Set the numbers of one process that were typed otherwise than they stood there."""
    given = typed("proses", "alasan")
    texts = {
        name.removeprefix(_VALUE): text.strip()
        for name, text in request.form.items()
        if name.startswith(_VALUE)
    }
    try:
        values = _values(texts)
        parts().runtime.set_office_values(given["proses"], values, reason=given["alasan"], **by())
    except CommandRejected as error:
        problems = error.problems if isinstance(error, _Unreadable) else {}
        sent = Given(
            process=given["proses"], texts=texts, reason=given["alasan"], problems=problems
        )
        return _page(sent, error), status_of(error)
    return redirect(url_for("office_values.index", kabar="simpan"), 303)


def _values(texts: dict[str, str]) -> dict[str, Decimal | None]:
    """Give the numbers that were typed otherwise than they stood there. Raises InvalidSubmission."""
    values: dict[str, Decimal | None] = {}
    problems: dict[str, str] = {}
    for name, text in texts.items():
        if text == request.form.get(_BEFORE + name, ""):
            continue  # who set it meanwhile stays in the right
        try:
            values[name] = _number(name, text) if text else None
        except Refused as refused:
            problem = FieldProblem(code=refused.code, params=refused.params)
            problems[name] = problem_text(problem)
    if problems:
        raise _Unreadable(problems)
    return values


def _number(name: str, text: str) -> Decimal | None:
    field = NumberField(key=name, label=name)
    value = field.check(field.parse(text))
    return value if isinstance(value, Decimal) else None


def _page(given: Given | None = None, error: CommandRejected | None = None) -> str:
    return render_template(
        "pages/office/office_values.html",
        cards=list_cards(given),
        given=given,
        problem=told(error) if error else "",
        news=NEWS.get(request.args.get("kabar", ""), ""),
        prefixes=(_VALUE, _BEFORE),
    )


def list_cards(given: Given | None = None) -> list[ProcessCard]:
    """Give the processes in force of the caller's agency that want numbers, as they stand or were typed."""
    agency = actor().agency
    in_force = parts().database.read(lambda c: list_in_force(c, agency))
    processes = (parts().runtime.program(definition).process for definition, _name in in_force)
    return [
        _card(process, given if given is not None and given.process == process.key else None)
        for process in processes
        if declared_values(process)
    ]


def _card(process: Process, given: Given | None) -> ProcessCard:
    agency, labels = actor().agency, declared_values(process)
    rows = parts().database.read(lambda c: list_office_values(c, agency, process.key))
    found = {row.name: row for row in rows}
    return ProcessCard(
        key=process.key,
        name=process.name or process.key,
        lines=tuple(
            ValueLine(
                name=name,
                label=label,
                found=found.get(name),
                text=given.texts.get(name, "") if given else _typed(found.get(name)),
                problem=given.problems.get(name, "") if given else "",
            )
            for name, label in labels.items()
        ),
        rising=tuple(labels[name] for name in order_of(process)),
    )


def _typed(value: OfficeValue | None) -> str:
    return "" if value is None or value.value is None else number_words(value.value)
