"""`alur bench expressions`: CPU time of expressions, as ratios to compiled Python on the same values in the same run.

Each round measures every case once, in a new random order; a ratio is taken inside its round. Other packages for FEEL are
measured beside it where they are installed: they are no dependency of ours, see docs/bench.md.
"""

from __future__ import annotations

import random
import time
from decimal import Decimal
from typing import TYPE_CHECKING

from bench import feel_packages
from bench.report import Figure, Target
from engine.decision import evaluate, read_decisions
from engine.expression import Language, compile_expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.variables import Value

ROUNDS = 7
LONG, SHORT = 20_000, 200
"""How often what is cheap and what is dear is done in one round."""

ROWS = 50

VARIABLES: dict[str, Value] = {
    "amount": Decimal(2500),
    "department": "IT",
    "items": [Decimal(1), Decimal(2), Decimal(3)],
}
FEEL = 'amount > 1000 and department = "IT" and count(items) > 2'
JUEL = "amount > 1000 && department == 'IT' && !empty items"
PYTHON = "amount > 1000 and department == 'IT' and len(items) > 2"
TABLE_IN_PYTHON = "[word for low, high, word in rules if low <= amount < high]"

_RULES = [(Decimal(60 * n), Decimal(60 * n + 60), f"golongan {n}") for n in range(ROWS)]


def run(
    rounds: int = ROUNDS, *, told: Callable[[int, int], None] = lambda *_: None
) -> list[Figure]:
    """Measure all and give the figures; `told` hears of each round done, of how many."""
    cases = _cases()
    found = []
    for number in range(rounds):
        names = list(cases)
        random.shuffle(names)
        found.append({name: _seconds(*cases[name]) for name in names})
        told(number + 1, rounds)
    return list(_figures(found))


def table() -> bytes:
    """Give a decision with one input and ROWS rules, as the Modeler writes it."""
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>[{low}..{high})</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>"{word}"</text></outputEntry></rule>'
        for n, (low, high, word) in enumerate(_RULES)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Golongan" '
        'namespace="http://alur.example/bench"><decision id="golongan" name="Golongan">'
        '<decisionTable id="t"><input id="i" label="Jumlah"><inputExpression id="e" typeRef="number">'
        '<text>amount</text></inputExpression></input><output id="o" name="golongan" typeRef="string"/>'
        f"{rules}</decisionTable></decision></definitions>"
    ).encode()


def _cases() -> Mapping[str, tuple[Callable[[], object], int]]:
    """Give what is measured: what is done, and how often in a round."""
    feel = compile_expression(FEEL, Language.FEEL)
    juel = compile_expression(JUEL, Language.JUEL)
    model = read_decisions(table(), file="golongan.dmn")
    python = compile(PYTHON, "bench", "eval")
    rows = compile(TABLE_IN_PYTHON, "bench", "eval")
    given = {**VARIABLES, "rules": _RULES, "len": len}
    return {
        "python": (lambda: eval(python, given), LONG),  # noqa: S307 - the yardstick
        "feel": (lambda: feel.is_true(VARIABLES), LONG),
        "juel": (lambda: juel.is_true(VARIABLES), LONG),
        "python compile": (lambda: compile(PYTHON, "bench", "eval"), SHORT),
        "feel compile": (lambda: compile_expression(FEEL, Language.FEEL), SHORT),
        "python table": (lambda: eval(rows, given), SHORT),  # noqa: S307 - the yardstick
        "conditions": (lambda: [feel.is_true(VARIABLES) for _ in range(ROWS)], SHORT),
        "table": (lambda: evaluate(model, "golongan", VARIABLES, now=None), SHORT),
        **{name: (once, SHORT) for name, once in feel_packages.installed(VARIABLES).items()},
    }


def _seconds(once: Callable[[], object], times: int) -> float:
    """Give the CPU seconds of doing it once."""
    once()
    before = time.process_time()
    for _ in range(times):
        once()
    return (time.process_time() - before) / times


RATIOS: tuple[tuple[str, tuple[str, str], Target | None], ...] = (
    (
        "cached FEEL condition / compiled Python eval",
        ("feel", "python"),
        Target(must=None, aim=8, at_least=False),
    ),
    ("cached JUEL condition / compiled Python eval", ("juel", "python"), None),
    (
        "first compile of the FEEL condition / Python compile",
        ("feel compile", "python compile"),
        None,
    ),
    (
        f"decision table of {ROWS} rows / {ROWS} cached FEEL conditions",
        ("table", "conditions"),
        None,
    ),
    (
        f"decision table of {ROWS} rows / the same as a list in Python",
        ("table", "python table"),
        None,
    ),
)
"""Each figure: its name, which two costs make the ratio, and its target."""


def _figures(found: list[dict[str, float]]) -> Iterator[Figure]:
    for name, (top, bottom), target in RATIOS:
        yield Figure(name=name, values=tuple(m[top] / m[bottom] for m in found), target=target)
    for name in feel_packages.installed(VARIABLES):
        ratios = tuple(measured[name] / measured["feel"] for measured in found)
        yield Figure(name=f"{name} (two terms) / ours, cached (three terms)", values=ratios)
    for name in ("feel", "juel", "feel compile", "table"):
        yield Figure(name=f"{name}, microseconds", values=tuple(m[name] * 1e6 for m in found))
