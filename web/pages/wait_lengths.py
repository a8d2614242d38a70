"""*Batas waktu*: how long the office waits where no document says so, for who oversees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import CommandRejected, InvalidSubmission
from engine.wait_length import place_name, unstated_waits
from storage.queries.letters import list_in_force
from storage.wait_lengths import list_wait_lengths
from web.auth import actor
from web.errors import status_of
from web.i18n import _
from web.office_view import by, told, typed
from web.parts import parts
from web.waiting import goal_of, span_words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.process import Element
    from engine.spiff.program import Program

wait_lengths = Blueprint("wait_lengths", __name__)

NEWS = {"simpan": "Batas waktu disimpan; berlaku untuk batas yang mulai berjalan sesudah ini."}

UNITS = {"menit": "PT{}M", "jam": "PT{}H", "hari": "P{}D", "minggu": "P{}W", "bulan": "P{}M"}
"""The units of the form, as ISO 8601 writes a number of them."""

_USUAL = "hari"
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """A wait that no document states: where it is, how long it is drawn, how long the office's own is, and what was typed."""

    process: str
    process_name: str
    element: str
    name: str
    goal: str
    drawn: str
    own: str
    number: str
    unit: str

    @property
    def id(self) -> str:
        """What its form is called in the page."""
        return f"{self.process}-{self.element}"


@wait_lengths.get("/kantor/batas-waktu")
def index() -> str:
    """List the waits of the processes in force whose length no document states."""
    return _page()


@wait_lengths.post("/kantor/batas-waktu")
def save() -> Response | tuple[str, int]:
    """Set the office's own length of one wait; without a number the drawn one holds."""
    given = typed("proses", "elemen", "angka", "satuan")
    try:
        length = _length(given["angka"].strip(), given["satuan"])
        parts().runtime.set_wait_length(given["proses"], given["elemen"], length, **by())
    except CommandRejected as error:
        return _page(given, error), status_of(error)
    return redirect(url_for("wait_lengths.index", kabar="simpan"), 303)


def _length(number: str, unit: str) -> str:
    """Give a length in ISO 8601, empty without a number. Raises InvalidSubmission."""
    if not number:
        return ""
    if not _NUMBER.fullmatch(number) or unit not in UNITS:
        raise InvalidSubmission(
            f"Expected a number of up to four digits, but found {number[:20]!r}",
            code="wait_length_shape",
        )
    return UNITS[unit].format(int(number))


def _page(given: dict[str, str] | None = None, error: CommandRejected | None = None) -> str:
    lines = list_lines()
    wrong = (given["proses"], given["elemen"]) if given else ("", "")
    typed_in = (given["angka"], given["satuan"]) if given else ("", "")
    return render_template(
        "pages/office/wait_lengths.html",
        lines=lines,
        wrong=wrong,
        typed_in=typed_in,
        units=[(unit, _(unit)) for unit in UNITS],
        problem=told(error) if error else "",
        news=NEWS.get(request.args.get("kabar", ""), ""),
    )


def list_lines() -> list[WaitLine]:
    """Give the waits of the caller's agency, process by process."""
    agency = actor().agency
    in_force = parts().database.read(lambda c: list_in_force(c, agency))
    own = parts().database.read(lambda c: list_wait_lengths(c, agency))
    programs = (parts().runtime.program(definition) for definition, _name in in_force)
    return [
        _line(program, element, own.get((program.definition.key, element.id), ""))
        for program in programs
        for element in unstated_waits(program.process)
    ]


def _line(program: Program, element: Element, own: str) -> WaitLine:
    process, definition = program.process, program.definition
    number, unit = _typed(own)
    return WaitLine(
        process=definition.key,
        process_name=definition.name or definition.key,
        element=element.id,
        name=place_name(element, process),
        goal=goal_of(element, process),
        drawn=span_words(element.trigger.text if element.trigger else ""),
        own=span_words(own) if own else "",
        number=number,
        unit=unit,
    )


def _typed(length: str) -> tuple[str, str]:
    """Give the number and the unit that an own length was typed as."""
    for unit, form in UNITS.items():
        before, _mark, behind = form.partition("{}")
        number = length.removeprefix(before).removesuffix(behind)
        if number and form.format(number) == length and _NUMBER.fullmatch(number):
            return number, unit
    return "", _USUAL
