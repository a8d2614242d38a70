"""Defects of SpiffWorkflow 3.2.0 in messages: shown on the plain library, and absent here (findings of our measurements)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stock
from engine_maps import drawn
from kit import Case, bpmn, definition
from message_kit import throwing
from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.exceptions import WorkflowException
from town import Town

from engine.errors import WrongState

if TYPE_CHECKING:
    from SpiffWorkflow.bpmn import BpmnWorkflow

BOUNDARY = """
    start s
    {kind} a
    boundary tanya on=a message=m keeps=true
    {kind} jawab
    end e
    end f
    s -> a
    a -> e
    tanya -> jawab
    jawab -> f
"""
WAITS = """
    start s
    user isi
    catch tunggu message=m key=${nomor}
    user u
    end e
    s -> isi
    isi -> tunggu
    tunggu -> u
    u -> e
"""


def send(case: BpmnWorkflow) -> None:
    """Bring a message to a case of the library."""
    case.send_event(BpmnEvent(MessageEventDefinition("m"), {}, {}))
    case.do_engine_steps()


def test_the_library_lets_a_non_interrupting_message_boundary_event_fire_once_only() -> None:
    case = stock.begun(BOUNDARY.format(kind="user"))
    send(case)
    assert stock.offered(case) == ["a", "jawab"]
    with pytest.raises(WorkflowException):
        send(case)
    assert stock.offered(case) == ["a", "jawab"]


@pytest.mark.parametrize("resting", [False, True])
def test_a_non_interrupting_message_boundary_event_fires_again_and_again(*, resting: bool) -> None:
    source = bpmn(BOUNDARY.format(kind="user"))
    case = Case(definition(source), resting=resting).start()
    for number in range(1, 4):
        case.fire("tanya")
        assert case.open == ["a", *["jawab"] * number]
    case.complete("a")
    assert case.waiting == []
    assert case.open == ["jawab"] * 3


def test_a_message_boundary_event_takes_message_after_message_from_other_cases() -> None:
    lines = BOUNDARY.format(kind="manual").replace("message=m", "message=m key=${1}")
    town = Town({"p.bpmn": drawn(lines)}, throwing("message=m key=${nomor}"))
    case = town.start(town.keys["p"], "umum")
    for number in range(1, 4):
        town.begin("lempar", nomor="1")
        assert town.courier.run() == 1
        assert len(town.tasks(town.agree(case))) == 1 + number
    town.complete(town.task(case, "a"), "umum")
    town.begin("lempar", nomor="1")
    town.courier.run()
    assert town.under_way() == 1  # nobody waits for it any more


def test_the_library_gives_a_waiting_case_any_message_of_the_name() -> None:
    case = stock.begun(WAITS)
    stock.do(case, "isi", nomor="1")
    case.send_event(BpmnEvent(MessageEventDefinition("m"), {}, {"nomor": "2"}))
    case.do_engine_steps()
    assert stock.offered(case) == ["u"]


def test_a_wait_that_is_over_takes_nothing_any_more() -> None:
    case = Case(definition(bpmn(WAITS))).start()
    case.complete("isi", nomor="1")
    (wait,) = case.execution.list_waits()
    assert (wait.name, wait.key) == ("m", "1")
    case.fire("tunggu")
    with pytest.raises(WrongState) as refused:
        case.execution.fire(wait.token, "tunggu", {})
    assert refused.value.code == "wait_gone"
