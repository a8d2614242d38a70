"""Random drawings without any structure: what nobody should draw, but somebody will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from properties.models import CHOICES, Condition

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = ("user", "user", "script", "xor", "and", "or", "end", "terminate")
ENDS = ("end", "terminate")
SPLITS = ("xor", "and", "or")


@st.composite
def graphs(draw: Callable[..., int]) -> str:
    """Give the lines of a process of two to ten elements, connected at random.

    A flow goes forward or back to a user task; in one drawing of ten it goes anywhere, so there are endless loops too.
    """
    kinds = [KINDS[draw(st.integers(0, len(KINDS) - 1))] for _ in range(draw(st.integers(1, 9)))]
    kinds.append("end")
    anywhere = draw(st.integers(0, 9)) == 9
    lines = ["start s", *(_element(kind, n) for n, kind in enumerate(kinds))]
    lines.append(f"s -> e{draw(st.integers(0, len(kinds) - 1))}")
    for number, kind in enumerate(kinds):
        flows = 0 if kind in ENDS else draw(st.integers(1, 3)) if kind in SPLITS else 1
        for which in range(flows):
            target = draw(st.sampled_from(_targets(kinds, number, anywhere=anywhere)))
            behind = _behind(draw, which) if kind in ("xor", "or") and flows > 1 else ""
            lines.append(f"e{number} -> e{target}{behind}")
    return "\n".join(lines)


def _targets(kinds: list[str], number: int, *, anywhere: bool) -> list[int]:
    forward = range(number + 1, len(kinds))
    return [n for n, kind in enumerate(kinds) if anywhere or n in forward or kind == "user"]


def _element(kind: str, number: int) -> str:
    script = ' script="n + 1" resultVariable=n' if kind == "script" else ""
    return f"{kind} e{number}{script}"


def _behind(draw: Callable[..., int], which: int) -> str:
    if which == 0 and draw(st.booleans()):
        return " default"
    variable = list(CHOICES)[draw(st.integers(0, len(CHOICES) - 1))]
    values = CHOICES[variable]
    condition = Condition(variable=variable, value=values[draw(st.integers(0, len(values) - 1))])
    return f" if {condition}"
