"""What a DMN file says, as it is drawn: decisions, their tables and boxed expressions (DMN 1.5, 6.3, 7.3 and 8.3).

Texts are those of the file. `line` is the line in the file, 0 for what is not written there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, final

if TYPE_CHECKING:
    from collections.abc import Mapping


class HitPolicy(StrEnum):
    """What counts where several rules of a table match (DMN 1.5, 8.2.8)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """What COLLECT makes of the values it finds; without one it gives them all."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text with an expression or tests in it; `language` is empty where the file names none."""

    text: str = ""
    line: int = 0
    language: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written there: an input cell then holds for any value, an output cell gives null."""
        return self.text.strip() in ("", "-")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column of conditions; `variable` is a further name for the tested value in its cells (`camunda:inputVariable`)."""

    label: str
    expression: Cell
    type: str = ""
    variable: str = ""
    values: Cell | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column of results; `name` is the one under which its value is found."""

    name: str
    label: str
    type: str = ""
    values: Cell | None = None
    default: Cell | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """A row: its `number` is the one that the Modeler shows, counted from 1.

    `description` is what the Modeler shows as annotation, `notes` are those of DMN 1.3 and later.
    """

    id: str
    number: int
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    description: str = ""
    notes: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table; `notes` are the titles of its annotation columns."""

    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[TableRule, ...]
    notes: tuple[str, ...] = ()
    line: int = 0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """One FEEL expression."""

    cell: Cell
    type: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A named expression: of a boxed context, or bound to a parameter of an invocation; '' is the context's result."""

    name: str
    logic: Logic
    type: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedContext:
    """Entries that see those before them; with a result entry it stands for that value, otherwise for all entries."""

    entries: tuple[Entry, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """A call of a business knowledge model, a decision service or any function, with bound parameters."""

    called: Literal
    bindings: tuple[Entry, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedList:
    """A list of expressions."""

    items: tuple[Logic, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A list of contexts, written as rows under column names."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Logic, ...], ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional:
    """A boxed `if`."""

    condition: Logic
    then: Logic
    otherwise: Logic


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A formal parameter of a function."""

    name: str
    type: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedFunction:
    """A function definition, in FEEL only."""

    parameters: tuple[Parameter, ...]
    body: Logic


Logic: TypeAlias = "Table | Literal | BoxedContext | Invocation | BoxedList | Relation | Conditional | BoxedFunction"
"""How a value is decided."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class InputData:
    """A fact that comes from outside, under its name."""

    id: str
    name: str
    type: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision: the ids of what it requires, and how it decides.

    `name` is what people read, `variable` what other decisions call its value; `question` and `description` are for people.
    """

    id: str
    name: str
    variable: str
    logic: Logic
    type: str = ""
    tag: str = ""
    question: str = ""
    description: str = ""
    line: int = 0
    inputs: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """A business knowledge model: a function that decisions can call; `knowledge` are the ids of those it calls itself."""

    id: str
    name: str
    function: BoxedFunction
    type: str = ""
    line: int = 0
    knowledge: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionService:
    """Decisions that are asked as one (DMN 1.5, 6.3.8): ids of those that answer, and of those and the facts that are given."""

    id: str
    name: str
    variable: str
    outputs: tuple[str, ...]
    given_decisions: tuple[str, ...] = ()
    given_inputs: tuple[str, ...] = ()
    type: str = ""
    line: int = 0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """An item definition: a base type or components, perhaps a list of them, perhaps of certain values only."""

    name: str
    base: str = ""
    is_list: bool = False
    components: Mapping[str, ItemType] = field(default_factory=dict)
    values: Cell | None = None
    is_function: bool = False


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """All of a DMN file, by id, in the order of the file; `ignored` are attributes that Alur does not act on, with their line."""

    file: str
    name: str
    decisions: Mapping[str, Decision]
    inputs: Mapping[str, InputData]
    knowledge: Mapping[str, Knowledge]
    services: Mapping[str, DecisionService]
    types: Mapping[str, ItemType]
    ignored: tuple[tuple[str, int], ...] = ()
