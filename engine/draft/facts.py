"""What a source document says about one process: the catalogue's format (`catalogue/FORMAT.md`) as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class LaneKind(StrEnum):
    """Whether a lane stands for posts of the office or for somebody outside."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class StepKind(StrEnum):
    """What the document says is done in a step."""

    USER = "user"
    MANUAL = "manual"
    SERVICE = "service"
    SCRIPT = "script"
    SEND = "send"
    RECEIVE = "receive"
    BUSINESS_RULE = "business_rule"
    CALL = "call"


class FieldType(StrEnum):
    """What a field of a form holds."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    FILE = "file"
    TABLE = "table"


class FlowKind(StrEnum):
    """How one step hands over to another."""

    SEQUENCE = "sequence"
    MESSAGE = "message"
    PARALLEL = "parallel"


class Trigger(StrEnum):
    """What starts the process."""

    NONE = "none"
    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row of the drawing: who does the steps."""

    id: str
    name: str
    kind: LaneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that a select, radio or checklist offers."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form, or one column of a table."""

    key: str
    label: str
    type: FieldType
    required: bool = False
    readonly: bool = False
    options: tuple[Option, ...] = ()
    columns: tuple[Field, ...] = ()
    hint: str = ""
    """A sentence below the field, for who fills it in."""
    hidden_when: str = ""
    """The FEEL condition under which the form leaves it out, or '' for never."""
    ruled: bool = False
    """Whether the rule of its step gives it, although it is only read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A calculation in FEEL and the variable that it sets."""

    result: str
    feel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Over what a step is done once per item, and what each time has of its own and leaves behind.

    `variable` is the item's name, `candidates` the expression of who may do it; `inputs` and `outputs` are variables with
    their expressions: JUEL in `${}`, FEEL behind a `=`.
    """

    collection: str
    variable: str
    candidates: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One activity of the document."""

    id: str
    lane: str
    name: str
    kind: StepKind
    requires: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    time: str | None = None
    """Waktu mutu baku as an ISO 8601 duration; None where the document has none."""
    form: tuple[Field, ...] = ()
    script: Script | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way out of a gateway, taken when the FEEL condition holds."""

    label: str
    when: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A question after a step; its answer decides the way."""

    id: str
    after: str
    question: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A way from step to step that is not simply the order of the list."""

    source: str
    target: str
    kind: FlowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where and by what the process starts."""

    lane: str
    trigger: Trigger
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What is reached after a step, or directly after a gateway."""

    id: str
    after: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeout:
    """A wait at a step that ends without an answer; `stated` is False when the length is ours."""

    at: str
    after: str
    to: str
    stated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known of one process. Ids are unique in it and every reference has its target."""

    agency: str
    slug: str
    code: str
    title: str
    source: str
    is_sop: bool
    lanes: tuple[Lane, ...]
    start: Start
    steps: tuple[Step, ...]
    gateways: tuple[Gateway, ...]
    handovers: tuple[Handover, ...]
    ends: tuple[End, ...]
    timeouts: tuple[Timeout, ...]
    legal_basis: tuple[str, ...]
    related: tuple[str, ...]
    open_points: tuple[str, ...]

    @property
    def process_id(self) -> str:
        """The id of the BPMN process: agency and slug."""
        return f"{self.agency}_{self.slug}".replace("-", "_")

    def form_id(self, element_id: str) -> str:
        """Give the id of the form of an element."""
        return f"{self.process_id}_{element_id}"
