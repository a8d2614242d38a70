"""What is found of conditions agrees with trying every value that the form lets through."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from engine_maps import drawn
from form_kit import form_file
from hypothesis import given, settings
from hypothesis import strategies as st
from owner_maps import STEP, field, options
from parting_kit import judged

from engine.expression import Language, compile_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression import Expression
    from engine.variables import Value

FORM = form_file(
    field("radio", "putusan", values=options("setuju", "revisi", "tolak")),
    field("checkbox", "lengkap", required=False),
    field("number", "nilai", decimalDigits=0, validate={"min": 0, "max": 5}),
    field("select", "hasil", required=False, values=options("ada", "nihil")),
    id="pilihan",
)
VALUES: Mapping[str, tuple[Value, ...]] = {
    "putusan": ("setuju", "revisi", "tolak"),
    "lengkap": (True, False),
    "nilai": tuple(Decimal(n) for n in range(6)),
    "hasil": ("ada", "nihil", None),
}
EVERYTHING = [dict(zip(VALUES, each, strict=True)) for each in product(*VALUES.values())]
"""All that the form lets through: 108 ways to fill it in."""

PLAIN = st.one_of(
    st.builds(
        'putusan {} "{}"'.format,
        st.sampled_from(["=", "!="]),
        st.sampled_from(["setuju", "revisi", "lain"]),
    ),
    st.builds(
        'hasil {} "{}"'.format, st.sampled_from(["=", "!="]), st.sampled_from(["ada", "nihil"])
    ),
    st.builds(
        "nilai {} {}".format, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(-1, 7)
    ),
    st.builds("{} < nilai".format, st.integers(0, 5)),
    st.builds("nilai in [{}..{}]".format, st.integers(0, 5), st.integers(0, 5)),
    st.builds("nilai between {} and {}".format, st.integers(0, 5), st.integers(0, 5)),
    st.sampled_from(
        ["lengkap", "lengkap = false", "hasil = null", 'putusan in ("revisi", "tolak")']
    ),
)
CONDITIONS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds("not({})".format, inner),
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=4,
)


def as_juel(condition: str) -> str:
    """Give an equal condition in JUEL, where it has the same form in both."""
    return condition.replace(" = ", " == ").replace("not(", "!(")


@cache
def compiled(condition: str) -> Expression:
    return compile_text(condition, default=Language.FEEL)


def holds(condition: str, values: Mapping[str, Value]) -> bool:
    return compiled(condition).is_true(values)


@given(
    feel=st.lists(CONDITIONS, min_size=1, max_size=3, unique=True),
    is_juel=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_gaps_clashes_and_dead_conditions_are_those_of_trying_everything(
    feel: list[str], *, is_juel: bool
) -> None:
    in_both = not any(word in each for each in feel for word in (" in ", "between", "if "))
    ways = [f"${{{as_juel(each)}}}" if is_juel and in_both else f"={each}" for each in feel]
    steps = "".join(
        f"manual j{n}\nj{n} -> selesai\nurai -> j{n} if {w}\n" for n, w in enumerate(ways)
    )
    before = f"{STEP}user kerja formRef=pilihan\nxor urai\nmulai -> kerja\nkerja -> urai\n"
    (found,) = judged(drawn(before + steps), FORM)
    true = [[holds(way, values) for way in ways] for values in EVERYTHING]
    assert not found.is_unsure
    assert (found.gap is None) == all(any(each) for each in true)
    assert (found.clash is None) == all(sum(each) < 2 for each in true)
    never = {way for n, way in enumerate(ways) if not any(each[n] for each in true)}
    told = {flow.condition for flow in found.never}
    # a required field is empty before it is filled in, so that what only then holds is not called dead
    assert told <= never
    assert {way for way in never if not holds_when_empty(way)} <= told
    for example, count in ((found.gap, 0), (found.clash[2] if found.clash else None, 2)):
        if example is not None:
            held = sum(holds(way, {**EVERYTHING[0], **example}) for way in ways)
            assert held == 0 if count == 0 else held >= count


def holds_when_empty(way: str) -> bool:
    """Tell whether a condition holds for some values of which any may be missing."""
    some = product(*((*values, None) for values in VALUES.values()))
    return any(holds(way, dict(zip(VALUES, each, strict=True))) for each in some)
