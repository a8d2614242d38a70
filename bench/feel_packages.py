"""Other FEEL packages for Python, where they are installed, with what they can do of the condition of `bench.expressions`.

Neither knows `count(variable)`, so they get two of its three terms; pySFeel needs the parentheses. Both read the text anew
each time: they have no way to keep it.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.variables import Value


def installed(variables: Mapping[str, Value]) -> Mapping[str, Callable[[], object]]:
    """Give what evaluates the condition once, by the package's name."""
    makers = {"bkflow-feel": ("bkflow_feel", _bkflow), "pySFeel": ("pySFeel", _pysfeel)}
    return {name: make(variables) for name, (module, make) in makers.items() if find_spec(module)}


def _bkflow(variables: Mapping[str, Value]) -> Callable[[], object]:
    parse = import_module("bkflow_feel.api").parse_expression
    text = 'amount > 1000 and department = "IT"'
    given = {"amount": 2500, "department": variables["department"]}
    return _checked(lambda: parse(text, given), wanted=True)


def _pysfeel(variables: Mapping[str, Value]) -> Callable[[], object]:
    logging.disable(logging.WARNING)  # it warns of its own grammar
    parser = import_module("pySFeel").SFeelParser()
    parser.sFeelParse(f"amount <- {variables['amount']}")
    parser.sFeelParse(f'department <- "{variables["department"]}"')
    text = '(amount > 1000) and (department = "IT")'
    return _checked(lambda: parser.sFeelParse(text)[1], wanted=True)


def _checked(once: Callable[[], object], *, wanted: object) -> Callable[[], object]:
    """Give it back if it gives what is wanted: what is wrong need not be measured. Raises ValueError."""
    found = once()
    if found != wanted:
        raise ValueError(f"Expected {wanted!r}, but the package gives {found!r}")
    return once
