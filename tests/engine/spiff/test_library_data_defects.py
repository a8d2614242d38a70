"""Each defect of SpiffWorkflow 3.2.0 in data, expressions and rest: shown on the plain library, and absent here."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import stock
from kit import Case, bpmn, definition
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.parser.node_parser import NodeParser
from twins import twins

from engine.errors import ExecutionFailed
from engine.expression import ExpressionInvalid
from engine.history import VariablesChanged
from engine.source import BPMN, read_source
from engine.spiff.normalise import normalise

if TYPE_CHECKING:
    from types import FrameType

BRANCHES = """
    start s
    user k
    and f
    user a
    user b
    and j
    user z
    end e
    s -> k
    k -> f
    f -> a
    f -> b
    a -> j
    b -> j
    j -> z
    z -> e
"""


def test_the_library_shares_nested_data_between_branches_and_with_the_past() -> None:
    case = stock.begun(BRANCHES)
    stock.do(case, "k", barang={"ukuran": {"panjang": 1}})
    a, b = sorted(stock.ready(case), key=lambda task: task.task_spec.name)
    a.data["barang"]["ukuran"]["panjang"] = 99
    (past,) = case.get_tasks(spec_name="k")
    assert b.data["barang"]["ukuran"]["panjang"] == 99
    assert past.data["barang"]["ukuran"]["panjang"] == 99


def test_a_value_written_later_does_not_change_the_past() -> None:
    case = twins(BRANCHES).complete("k", barang={"jumlah": 1}).complete("a", barang={"jumlah": 99})
    written = [e.set["barang"] for e in case.events if isinstance(e, VariablesChanged)]
    assert written == [{"jumlah": Decimal(1)}, {"jumlah": Decimal(99)}]
    assert case.values == {"barang": {"jumlah": Decimal(99)}}


def test_the_library_loses_an_item_when_lists_of_two_branches_are_merged() -> None:
    case = stock.begun(BRANCHES)
    stock.do(case, "k", barang=[])
    stock.do(case, "a", barang=[{"nama": "a", "jumlah": 1}])
    stock.do(case, "b", barang=[{"nama": "b"}])
    (task,) = stock.ready(case)
    assert len(task.data["barang"]) == 1


def test_the_second_branch_sees_the_list_of_the_first_and_the_last_writer_wins_whole() -> None:
    case = twins(BRANCHES).complete("k", barang=[]).complete("a", barang=[{"nama": "a", "x": 1}])
    assert case.values["barang"] == [{"nama": "a", "x": Decimal(1)}]
    case.complete("b", barang=[{"nama": "b"}])
    assert case.open == ["z"]
    assert case.values["barang"] == [{"nama": "b"}]


DECISION = """
    start s
    user a
    xor g
    user b
    user c
    end e
    s -> a
    a -> g
    g -> b if {condition}
    g -> c default
    b -> e
    c -> e
"""
RESERVED: dict[str, object] = {
    "typename": "UUID",
    "__builtins__": {},
    "len": 1,
    "count": 2,
    "true_": False,
    "self": "x",
    "loopCounter_": 3,
}


@pytest.mark.parametrize("kind", ["x", "UUID", "datetime"])
def test_the_library_can_not_read_back_a_case_with_a_key_typename(kind: str) -> None:
    case = stock.begun(BRANCHES)
    stock.do(case, "k", typename=kind)
    text = stock.saved(case)
    with pytest.raises((TypeError, ValueError, KeyError)):
        stock.loaded(text)


@pytest.mark.parametrize("key", ["len", "__builtins__"])
def test_the_library_hangs_a_case_when_a_form_sends_a_name_of_python(key: str) -> None:
    case = stock.begun(DECISION.format(condition="len(daftar) > 0"))
    with pytest.raises(WorkflowTaskException):
        stock.do(case, "a", **{key: {}, "daftar": [1]})
    assert list(case.get_tasks(state=TaskState.READY)) == []
    assert [t.task_spec.name for t in case.get_tasks(state=TaskState.ERROR)] == ["g"]


def test_every_key_is_a_variable_like_any_other() -> None:
    case = twins(DECISION.format(condition="=count(daftar) > 0"))
    case.complete("a", daftar=[1], **RESERVED)
    assert case.open == ["b"]
    assert case.values == {
        **RESERVED,
        "daftar": [Decimal(1)],
        "len": Decimal(1),
        "count": Decimal(2),
        "loopCounter_": Decimal(3),
    }


def test_the_library_leaves_a_half_changed_case_behind_an_error() -> None:
    case = stock.begun(DECISION.format(condition="tidak_ada > 0"))
    with pytest.raises(WorkflowTaskException):
        stock.do(case, "a")
    again = stock.loaded(stock.saved(case))
    assert stock.offered(again) == []
    assert not again.completed


def test_what_rests_in_the_store_goes_on_after_an_error() -> None:
    case = Case(definition(bpmn(DECISION.format(condition="${jumlah > 0}")))).start()
    before = case.at_rest()
    with pytest.raises(ExecutionFailed) as refused:
        case.complete("a")
    assert refused.value.params["element"] == "g"
    case.load(*before)
    assert case.at_rest() == before
    assert case.complete("a", jumlah=1).open == ["b"]


def test_the_library_loses_data_when_the_keys_of_its_json_change_their_order() -> None:
    case = stock.begun(BRANCHES)
    stock.do(case, "k", jumlah=5)
    state = json.loads(stock.saved(case))
    state["tasks"] = dict(reversed(state["tasks"].items()))
    other = stock.loaded(json.dumps(state))
    assert [task.data for task in stock.ready(case)] == [{"jumlah": 5}] * 2
    assert [task.data for task in stock.ready(other)] != [{"jumlah": 5}] * 2


def test_a_case_can_be_read_whatever_the_order_of_keys() -> None:
    case = Case(definition(bpmn(BRANCHES))).start().complete("k", jumlah=5, nama="x")
    frontier, variables = case.at_rest()
    case.load(_turned(frontier), _turned(variables))
    assert case.at_rest() == (frontier, variables)
    assert case.complete("a").complete("b").open == ["z"]


def _turned(data: bytes) -> bytes:
    def turn(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return dict(reversed(pairs))

    return json.dumps(json.loads(data, object_pairs_hook=turn)).encode()


@pytest.mark.parametrize("condition", ["${x > 1}", "=x > 1", 'x = "a"'])
def test_the_library_takes_every_condition_for_python(condition: str) -> None:
    case = stock.begun(DECISION.format(condition=condition))
    with pytest.raises((WorkflowTaskException, SyntaxError)):
        stock.do(case, "a", x=2)


def test_the_library_runs_python_from_a_drawing() -> None:
    case = stock.begun(DECISION.format(condition="__import__('os').getpid() > 0"))
    stock.do(case, "a")
    assert stock.offered(case) == ["b"]


@pytest.mark.parametrize("condition", ["${x > 1}", "=x > 1"])
def test_a_condition_is_juel_or_feel(condition: str) -> None:
    assert twins(DECISION.format(condition=condition)).complete("a", x=2).open == ["b"]


@pytest.mark.parametrize("prefix", ["=", "${", ""])
def test_python_in_a_drawing_is_refused(prefix: str) -> None:
    text = prefix + "__import__('os').getpid() > 0" + ("}" if prefix == "${" else "")
    with pytest.raises(ExpressionInvalid):
        Case(definition(bpmn(DECISION.format(condition=text))))


MISSING_OBJECT = b"""
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:dataObjectReference id="tiada" dataObjectRef="tiada_juga"/>
    <bpmn:startEvent id="s"/>
    <bpmn:subProcess id="u">
      <bpmn:startEvent id="s1"/>
      <bpmn:userTask id="a">
        <bpmn:dataInputAssociation id="d"><bpmn:sourceRef>tiada</bpmn:sourceRef></bpmn:dataInputAssociation>
      </bpmn:userTask>
      <bpmn:endEvent id="e1"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s1" targetRef="a"/>
      <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e1"/>
    </bpmn:subProcess>
    <bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f3" sourceRef="s" targetRef="u"/>
    <bpmn:sequenceFlow id="f4" sourceRef="u" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>
"""


class Endless(BaseException):
    """A function of the library went round too often; the parser would wrap an ordinary Exception."""


def test_the_library_never_returns_from_a_missing_data_object() -> None:
    looked = 0

    def watch(frame: FrameType, event: str, _argument: object) -> object:
        nonlocal looked
        if frame.f_code is not NodeParser._resolve_data_object_ref.__code__:
            return watch if event == "call" else None
        looked += event == "line"
        if looked > 100_000:
            raise Endless
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        with pytest.raises(Endless):
            stock.specs(MISSING_OBJECT)
    finally:
        sys.settrace(before)


def test_data_associations_never_reach_the_library() -> None:
    kept = definition(MISSING_OBJECT)
    (process,) = read_source(MISSING_OBJECT, file="p.bpmn").processes
    plain = normalise(process, kept.id, {})
    tags = {str(node.tag).removeprefix(BPMN) for node in plain.iter()}
    assert tags == {
        "definitions",
        "process",
        "startEvent",
        "subProcess",
        "userTask",
        "endEvent",
        "sequenceFlow",
    }
    assert Case(kept).start().complete("a").finished
