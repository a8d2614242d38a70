"""Events run as BPMN says: catching, boundary and throwing events, event-based gateways, tasks that wait for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from kit import NOW, Case, bpmn, definition

from engine.errors import WrongState
from engine.history import (
    ElementActivated,
    ElementCancelled,
    MessageAwaited,
    MessageSent,
    TimerScheduled,
    WorkRequested,
)
from engine.wait import WaitKind


def case(lines: str, *, resting: bool = True) -> Case:
    return Case(definition(bpmn(lines)), resting=resting)


def told(found: Case, kind: type) -> list[object]:
    return [event for event in found.events if isinstance(event, kind)]


ANSWER = """
start s
user tunggu
boundary batas on=tunggu duration=P60D
user lanjut
user habis
end e
end f
s -> tunggu
tunggu -> lanjut
batas -> habis
lanjut -> e
habis -> f
"""


def test_an_interrupting_timer_takes_the_task_away_and_goes_its_own_way() -> None:
    found = case(ANSWER).start()
    assert (found.open, found.waiting) == (["tunggu"], ["batas"])
    (wait,) = found.execution.list_waits()
    assert (wait.kind, wait.due_at) == (WaitKind.TIMER, NOW + timedelta(days=60))
    found.fire("batas")
    assert (found.open, found.waiting) == (["habis"], [])
    assert told(found, ElementCancelled)
    assert found.complete("habis").finished


def test_a_task_that_is_done_in_time_stops_its_timer() -> None:
    found = case(ANSWER).start().complete("tunggu")
    assert (found.open, found.waiting) == (["lanjut"], [])
    with pytest.raises(WrongState):
        found.execution.fire(1, "batas", {})


def test_a_timer_that_does_not_interrupt_lets_the_task_stay() -> None:
    found = case(ANSWER.replace("P60D", "P60D keeps=true")).start().fire("batas")
    assert (found.open, found.waiting) == (["habis", "tunggu"], [])
    found.complete("tunggu").complete("habis")
    assert not found.finished
    assert found.complete("lanjut").finished


def test_a_cycle_that_does_not_interrupt_comes_as_often_as_it_says() -> None:
    lines = ANSWER.replace("duration=P60D", "cycle=R2/P1D keeps=true")
    found = case(lines).start()
    first = found.execution.list_waits()[0].due_at
    found.now += timedelta(days=1)
    found.fire("batas")
    second = found.execution.list_waits()[0].due_at
    assert first is not None
    assert second == first + timedelta(days=1)
    found.now += timedelta(days=1)
    assert found.fire("batas").waiting == []
    assert found.open == ["habis", "habis", "tunggu"]


def test_a_message_that_does_not_interrupt_can_come_again_and_again() -> None:
    lines = ANSWER.replace("duration=P60D", "message=kabar keeps=true")
    found = case(lines).start()
    for _ in range(3):
        found.fire("batas")
    assert (found.open, found.waiting) == (["habis", "habis", "habis", "tunggu"], ["batas"])


def test_the_office_s_own_length_stands_over_one_that_no_document_states() -> None:
    found = case(ANSWER.replace("P60D", "P60D unstated=true"))
    found.lengths["p", "batas"] = "P10D"
    found.execution = found._new()
    found.start()
    (scheduled,) = told(found, TimerScheduled)
    assert isinstance(scheduled, TimerScheduled)
    assert (scheduled.length, scheduled.is_setting) == ("P10D", True)


CATCH = """
start s
catch c message=jawaban key=${nomor}
user u
end e
s -> c
c -> u
u -> e
"""


def test_a_catching_event_waits_for_the_message_with_its_key_and_takes_its_values() -> None:
    found = case(CATCH).start(nomor="7/X")
    (wait,) = found.execution.list_waits()
    assert (wait.name, wait.key) == ("jawaban", "7/X")
    assert told(found, MessageAwaited)
    found.fire("c", isi="ya")
    assert (found.open, found.values["isi"]) == (["u"], "ya")


def test_without_a_key_of_its_own_a_message_is_known_by_the_business_key() -> None:
    (wait,) = case(CATCH.replace(" key=${nomor}", "")).start().execution.list_waits()
    assert wait.key == "kunci"


EVENTS = """
start s
events g
catch a message=jawaban
catch b duration=P30D
receive r message=lain
user ja
user tidak
user beda
end e
s -> g
g -> a
g -> b
g -> r
a -> ja
b -> tidak
r -> beda
ja -> e
tidak -> e
beda -> e
"""


@pytest.mark.parametrize(("event", "then"), [("a", "ja"), ("b", "tidak"), ("r", "beda")])
def test_an_event_based_gateway_goes_the_way_of_the_first_event(event: str, then: str) -> None:
    found = case(EVENTS).start()
    assert found.waiting == ["a", "b", "r"]
    found.fire(event)
    assert (found.open, found.waiting) == ([then], [])
    passed = [e.element for e in found.events if isinstance(e, ElementActivated)]
    assert passed == ["s", "g", event, then]
    assert found.complete(then).finished


def test_a_service_task_waits_for_its_work() -> None:
    found = case("start s\nservice k topic=oss\nend e\ns -> k\nk -> e").start()
    (wait,) = found.execution.list_waits()
    assert (wait.kind, wait.name) == (WaitKind.WORK, "oss")
    assert told(found, WorkRequested)
    assert found.fire("k", nomor="1").finished


THROW = """
start s
throw t message=tanya key=${nomor} carries=nomor,isi
end e message=selesai
s -> t
t -> e
"""


def test_throwing_events_send_what_the_drawing_says() -> None:
    found = case(THROW, resting=False).start(nomor="7", isi="apa", lain="x")
    sent = found.execution.waits.thrown
    assert [(out.name, out.key, out.values) for out in sent] == [
        ("tanya", "7", {"nomor": "7", "isi": "apa"}),
        ("selesai", "kunci", {}),
    ]
    assert len(told(found, MessageSent)) == 2
    assert found.finished


SUB = """
start s
sub p
start i inside p
catch w message=m inside p
end j inside p
boundary b on=p duration=P1D
user u
end e
s -> p
i -> w
w -> j
p -> e
b -> u
u -> e
"""


def test_a_timer_at_a_sub_process_takes_all_of_it_away_with_its_waits() -> None:
    found = case(SUB).start()
    assert found.waiting == ["b", "w"]
    found.fire("b")
    assert (found.open, found.waiting) == (["u"], [])
    assert found.complete("u").finished


def test_a_sub_process_that_ends_stops_its_timer() -> None:
    assert case(SUB).start().fire("w").finished


def test_each_child_of_a_repetition_waits_for_itself_and_the_boundary_event_for_all() -> None:
    lines = """
    start s
    receive r message=m key=${item} each=${daftar}
    boundary b on=r duration=P1D
    user u
    end e
    s -> r
    r -> e
    b -> u
    u -> e
    """
    found = case(lines).start(daftar=["a", "b"])
    assert found.waiting == ["b", "r", "r"]
    keys = {wait.key for wait in found.execution.list_waits() if wait.element == "r"}
    assert keys == {"a", "b"}
    assert case(lines).start(daftar=["a", "b"]).fire("r").fire("r").finished
    found.fire("r").fire("b")
    assert (found.open, found.waiting) == (["u"], [])
