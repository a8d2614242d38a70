"""Which names a field may have: a field key becomes a variable that expressions name."""

from __future__ import annotations

import re

from engine.form.problem import FormCode

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_HIDDEN = re.compile(r"__.*|_.*_", re.DOTALL)

_KEYWORDS = """
    and between context date div duration else empty eq every external false for function ge
    gt if in instance instanceof item le list lt mod ne not null number of or partial range
    return satisfies some string then time true typename
"""
"""Words of FEEL (DMN 1.3, 10.3.1.2) and JUEL (Expression Language 2.2, 1.17), and `typename`, by which SpiffWorkflow
marks its own objects in stored data. All are case-sensitive."""

_FUNCTIONS = """
    abs after all any append before ceiling coincides concatenate contains count decimal
    during even exp finishes flatten floor get includes intersects is log matches max mean
    median meets min mode modulo now odd overlaps product remove replace reverse round sort
    split sqrt starts stddev sublist substring sum today union
"""
"""The one-word built-in functions of FEEL (DMN 1.3, 10.3.4): a variable must not hide them."""

RESERVED = frozenset(_KEYWORDS.split()) | frozenset(_FUNCTIONS.split())
"""Names that no variable may have."""


def name_problem(key: str) -> FormCode | None:
    """Give what is wrong with this field key, or None when a variable may be called so."""
    if key in RESERVED or _HIDDEN.fullmatch(key):
        return FormCode.KEY_RESERVED
    return None if _PLAIN.fullmatch(key) else FormCode.KEY_SHAPE
