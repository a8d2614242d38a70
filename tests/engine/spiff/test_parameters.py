"""Parameters of repeated activities (`camunda:inputOutput`): what each child has of its own, and what it leaves behind."""

from __future__ import annotations

import pytest
from kit import bpmn, definition, values_of
from parameter_kit import passing
from twins import Twins

from engine.history import ScopeOpened, VariablesChanged

TASK = """
    start s
    user m each=bagian item=ini {more}
    user z
    end e
    s -> m
    m -> z
    z -> e
"""
INPUTS = {"jumlah": "=isian[bagian = ini][1].jumlah", "sebelumnya": "${jumlah}"}
OUTPUTS = {
    "isian": "=concatenate(isian[bagian != ini], [{bagian: ini, jumlah: jumlah}])",
    "semua": "=count(isian)",
}
EARLIER = [{"bagian": "b", "jumlah": 5}, {"bagian": "c", "jumlah": 7}]
PARALLEL = pytest.mark.parametrize("more", ["sequential=false", "sequential=true"])


def begun(more: str = "", **variables: object) -> Twins:
    source = passing(bpmn(TASK.format(more=more)), "m", inputs=INPUTS, outputs=OUTPUTS)
    return Twins(definition(source)).start(jumlah=None, semua=None, **variables)


def test_each_child_has_variables_of_its_own_and_an_input_sees_those_before_it() -> None:
    case = begun(bagian=["a", "b"], isian=EARLIER)
    children = [e.scope for e in case.events if isinstance(e, ScopeOpened)][1:]
    assert len(children) == 2
    owned = [e for e in case.events if isinstance(e, VariablesChanged) and e.scope in children]
    assert [e.set for e in owned if "jumlah" in e.set] == [
        values_of({"jumlah": amount, "sebelumnya": amount}) for amount in (None, 5)
    ]
    assert case.values["jumlah"] is None


@PARALLEL
def test_what_a_child_writes_stays_its_own_and_its_outputs_go_to_the_case(more: str) -> None:
    case = begun(more, bagian=["a", "b"], isian=EARLIER)
    case.complete("m", jumlah=1)
    case.complete("m", jumlah=2)
    rows = [("c", 7), ("a", 1), ("b", 2)]
    expected = [{"bagian": part, "jumlah": amount} for part, amount in rows]
    assert case.values["isian"] == values_of({"isian": expected})["isian"]
    assert case.values["semua"] == 3
    assert case.values["jumlah"] is None
    assert "sebelumnya" not in case.values


def test_the_first_child_of_a_new_case_finds_nothing_to_begin_with() -> None:
    case = begun(bagian=["a"], isian=[])
    case.complete("m", jumlah=3)
    assert case.values["semua"] == 1
