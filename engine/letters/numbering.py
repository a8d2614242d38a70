"""What a drawing says about letter numbers: properties `nomor.…` and `agenda.…` of a user task, or of Alur's own step.

`nomor.register` names the register, `nomor.isian` the variable (a text field) that gets the number, `nomor.tahap` what the
step does with it; `nomor.klasifikasi` and `nomor.unit` name the variables with the letter's classification and unit.
`agenda.…` name the variables that fill the columns of the agenda book. What one step says of a variable holds for all steps
that name the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.ids import RegisterId
from engine.process import DONE_BY_PROGRAMS, ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.form import Form
    from engine.process import Element, Process

TOPIC = "alur.nomor"
"""The topic of a service task at which Alur itself takes a number (`engine.connectors.letter_number`)."""

REGISTER = "nomor.register"
FIELD = "nomor.isian"
STAGE = "nomor.tahap"
CLASSIFICATION = "nomor.klasifikasi"
UNIT = "nomor.unit"

COLUMNS: Mapping[str, str] = {
    "agenda.hal": "subject",
    "agenda.pihak": "party",
    "agenda.ringkas": "summary",
    "agenda.nomor_surat": "their_number",
    "agenda.tanggal_surat": "letter_date",
    "agenda.tanggal_terima": "received_on",
    "agenda.unit_tujuan": "meant_for",
}
"""The properties that name variables for the agenda book, and the fields of `BookEntry` they fill."""

VARIABLES = frozenset({FIELD, CLASSIFICATION, UNIT, *COLUMNS})
"""The properties that name variables."""

PROPERTIES = VARIABLES | {REGISTER, STAGE}
"""All properties that are known."""

SUBJECT = "perkara.perihal"
"""The process's own word for what a case is about; it fills the book's column unless a step names another."""


class Stage(StrEnum):
    """What a step does with the number."""

    RESERVE = "pesan"
    CONFIRM = "sahkan"
    SEND = "kirim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What a step does with a letter number. `in_form` says whether the step's own form has the field, or it has no form."""

    register: RegisterId
    field: str
    stage: Stage
    in_form: bool
    classification: str
    unit: str
    columns: Mapping[str, str]

    @property
    def gives(self) -> bool:
        """Whether the step can take a number: it reserves one, or confirms the one in its own form."""
        return self.stage is Stage.RESERVE or (self.stage is Stage.CONFIRM and self.in_form)


def properties_of(element: Element) -> dict[str, str]:
    """Give an element's properties that are about letter numbers."""
    given = element.properties.items()
    return {name: value for name, value in given if name.startswith(("nomor.", "agenda."))}


def is_by_alur(element: Element) -> bool:
    """Tell whether a step is one at which Alur itself takes a number."""
    return element.kind in DONE_BY_PROGRAMS and element.topic == TOPIC


def numberings(process: Process, forms: Mapping[str, Form]) -> dict[str, Numbering]:
    """Give what each step that has to do with letter numbers does, by element; `forms` are those of the elements.

    What the rule `letter_numbers` refuses is passed over.
    """
    told: dict[str, dict[str, str]] = {}
    for _, given in _steps(process):
        for name, value in given.items():
            told.setdefault(given[FIELD], {}).setdefault(name, value)
    return {
        element.id: _numbering(process, element, told[given[FIELD]], forms.get(element.id))
        for element, given in _steps(process)
    }


def _steps(process: Process) -> Iterator[tuple[Element, dict[str, str]]]:
    for element in process.elements.values():
        given = properties_of(element)
        complete = {REGISTER, FIELD, STAGE} <= given.keys() and given[STAGE] in list(Stage)
        if complete and (element.kind is ElementKind.USER_TASK or is_by_alur(element)):
            yield element, given


def _numbering(
    process: Process, element: Element, told: Mapping[str, str], form: Form | None
) -> Numbering:
    given = properties_of(element)
    keys = {field.key for field in form.open_fields} if form else set()
    columns = {column: told[name] for name, column in COLUMNS.items() if name in told}
    subject = process.properties.get(SUBJECT, "")
    return Numbering(
        register=RegisterId(given[REGISTER]),
        field=given[FIELD],
        stage=Stage(given[STAGE]),
        in_form=is_by_alur(element) or given[FIELD] in keys,
        classification=told.get(CLASSIFICATION, ""),
        unit=told.get(UNIT, ""),
        columns={**({"subject": subject} if subject else {}), **columns},
    )
