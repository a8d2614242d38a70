"""What is wrong with a decision, with its place: in its file (at deploy) or when it is evaluated (in a case)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from engine.errors import DefinitionError, ExecutionFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression import ExpressionInvalid


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a DMN file: the decision, model or service, and in a table the row and column as the Modeler shows them.

    Rows and columns count from 1, outputs after inputs; row 0 is the heading, column 0 no column. `heading` is what
    stands above the column, or names the part of a boxed expression.
    """

    decision: str = ""
    name: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""
    line: int = 0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that refuses a DMN file. `code` chooses the words, `params` fills them.

    `text` is the cell as written and `error` what is wrong with it, where it is no FEEL (code `expression_invalid`).
    """

    code: str
    place: Place
    text: str = ""
    error: ExpressionInvalid | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


class DecisionInvalid(DefinitionError):
    """A DMN file that could be read holds what does not run; `problems` are all of them, in the order of the file."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            f"Expected decisions that run, but {file} has {len(problems)} problems",
            code="decision_invalid",
            file=file,
            count=len(problems),
        )
        self.problems = problems


class DecisionFailed(ExecutionFailed):
    """A decision has no answer for these values; params hold its place beside what the code needs."""

    def __init__(self, message: str, *, code: str, place: Place, **params: object) -> None:
        super().__init__(
            message,
            code=code,
            **params,
            decision=place.decision,
            decision_name=place.name,
            row=place.row,
            table_column=place.column,
            heading=place.heading,
        )
        self.place = place
