"""Errors and escalations find who catches them, and event sub-processes run when what they wait for comes."""

from __future__ import annotations

import pytest
from kit import Case, bpmn, definition
from twins import Twins, twins

from engine.errors import ExecutionFailed
from engine.history import ElementCancelled, ErrorThrown, EscalationThrown
from engine.process import TriggerKind
from engine.spiff.raising import Raised

INSIDE = """
start s
sub u
start us inside u
user a inside u
user b inside u
end gagal inside u error=E1
us -> a
us -> b
a -> gagal
b -> selesai
end selesai inside u
boundary satu on=u error=E1 code=kode
boundary lain on=u error=any
user tangani
user umum
user terus
end e
s -> u
u -> terus
satu -> tangani
lain -> umum
terus -> e
tangani -> e
umum -> e
"""


def test_an_error_takes_its_sub_process_away_and_goes_to_who_names_its_code() -> None:
    found = twins(INSIDE).complete("a")
    assert found.open == ["tangani"]
    assert found.values["kode"] == "E1"
    (thrown,) = [e for e in found.events if isinstance(e, ErrorThrown)]
    assert (thrown.element, thrown.code, thrown.caught) == ("gagal", "E1", "satu")
    assert found.complete("tangani").finished


def test_an_error_with_another_code_goes_to_who_takes_any() -> None:
    found = twins(INSIDE.replace("error=E1 code=kode", "error=E2")).complete("a")
    assert found.open == ["umum"]


def test_a_sub_process_whose_error_does_not_come_is_left_as_usual() -> None:
    lines = INSIDE.replace("us -> b", "us -> b").replace("us -> a\n", "us -> a if =false\n")
    assert twins(lines).complete("b").open == ["terus"]


def test_an_error_that_nobody_catches_stops_the_command() -> None:
    lines = INSIDE.replace("boundary lain on=u error=any", "boundary lain on=u message=m")
    found = Case(definition(bpmn(lines.replace("error=E1 code=kode", "error=E2")))).start()
    with pytest.raises(ExecutionFailed) as error:
        found.complete("a")
    assert (error.value.code, error.value.params["error"]) == ("error_uncaught", "E1")


def test_an_error_goes_outwards_past_a_sub_process_that_does_not_catch_it() -> None:
    found = twins(
        """
        start s
        sub luar
        start ls inside luar
        sub dalam inside luar
        start ds inside dalam
        user a inside dalam
        end gagal inside dalam error=E1
        end le inside luar
        boundary b on=luar error=E1
        user x
        end e
        s -> luar
        ls -> dalam
        ds -> a
        a -> gagal
        dalam -> le
        luar -> e
        b -> x
        x -> e
        """
    )
    assert found.complete("a").open == ["x"]


def test_an_error_of_one_child_takes_the_whole_repetition_away() -> None:
    lines = INSIDE.replace("sub u", "sub u times=3", 1)
    found = twins(lines)
    assert found.open.count("a") == 3
    assert found.complete("a", 1).open == ["tangani"]


CALLER = """
start s
call p calledElement=q in=all
boundary b on=p error=E1 told=sebab
user x
user y
end e
s -> p
p -> y
b -> x
x -> e
y -> e
"""
CALLED = """
start s
user a
end gagal error=E1
s -> a
a -> gagal
"""


def test_the_caller_catches_the_error_of_a_called_process() -> None:
    definitions = (
        definition(bpmn(CALLER), calls={"q": "q"}),
        definition(bpmn(CALLED, key="q"), key="q"),
    )
    assert Twins(*definitions).start().complete("a").open == ["x"]


WORK = """
start s
service kirim topic=oss
boundary tolak on=kirim error=DITOLAK code=kode told=sebab
user perbaiki
user lanjut
end e
s -> kirim
kirim -> lanjut
tolak -> perbaiki
lanjut -> e
perbaiki -> e
"""


def test_work_that_ends_in_a_business_error_goes_to_its_boundary_event() -> None:
    found = Case(definition(bpmn(WORK))).start()
    (wait,) = found.execution.list_waits()
    raised = Raised(kind=TriggerKind.ERROR, code="DITOLAK", message="NIB tidak ada")
    found.execution.throw(wait.token, "kirim", raised)
    found._rest()
    assert found.open == ["perbaiki"]
    assert (found.values["kode"], found.values["sebab"]) == ("DITOLAK", "NIB tidak ada")
    assert found.waiting == []


ESCALATION = """
start s
sub u
start us inside u
user a inside u
throw lapor inside u escalation=L1
user b inside u
end ue inside u
us -> a
a -> lapor
lapor -> b
b -> ue
boundary atasan on=u escalation=L1 keeps=true
user lihat
user terus
end e
end f
s -> u
u -> terus
atasan -> lihat
lihat -> f
terus -> e
"""


def test_an_escalation_begins_a_way_beside_and_the_sub_process_goes_on() -> None:
    found = twins(ESCALATION).complete("a")
    assert found.open == ["b", "lihat"]
    assert found.complete("b").complete("lihat").open == ["terus"]


def test_an_escalation_that_interrupts_takes_the_sub_process_away() -> None:
    assert twins(ESCALATION.replace("keeps=true", "")).complete("a").open == ["lihat"]


def test_an_escalation_that_nobody_takes_up_goes_by_and_is_told() -> None:
    found = twins(
        ESCALATION.replace(
            "boundary atasan on=u escalation=L1", "boundary atasan on=u escalation=L2"
        )
    )
    assert found.complete("a").open == ["b"]
    (thrown,) = [e for e in found.events if isinstance(e, EscalationThrown)]
    assert thrown.caught == ""


HANDLER = """
start s
user a
user b
end e
s -> a
a -> b
b -> e
handler h
start hs inside h message=batal
user catat inside h
end he inside h
hs -> catat
catat -> he
"""


def test_an_event_sub_process_that_interrupts_takes_everything_beside_it_away() -> None:
    found = twins(HANDLER).complete("a")
    (wait,) = found.execution.list_waits()
    assert (wait.element, found.open) == ("hs", ["b"])
    found.fire_token(wait.token, "hs", alasan="dicabut")
    assert found.open == ["catat"]
    assert found.values["alasan"] == "dicabut"
    assert found.complete("catat").finished
    assert [e for e in found.events if isinstance(e, ElementCancelled)]


def test_an_event_sub_process_that_does_not_interrupt_can_begin_again_and_the_case_ends_with_the_last() -> (
    None
):
    found = twins(HANDLER.replace("message=batal", "message=batal keeps=true"))
    (wait,) = found.execution.list_waits()
    found.fire_token(wait.token, "hs").fire_token(wait.token, "hs")
    assert found.open == ["a", "catat", "catat"]
    found.complete("a").complete("b").complete("catat")
    assert not found.finished
    assert found.complete("catat").finished


def test_nothing_waits_any_more_when_the_level_of_an_event_sub_process_is_done() -> None:
    found = twins(HANDLER).complete("a").complete("b")
    assert found.finished
    assert found.execution.list_waits() == ()


def test_an_event_sub_process_catches_an_error_of_its_level() -> None:
    lines = HANDLER.replace("message=batal", "error=E1 code=kode").replace(
        "end e", "end e error=E1"
    )
    found = twins(lines).complete("a").complete("b")
    assert found.open == ["catat"]
    assert found.values["kode"] == "E1"
    assert found.complete("catat").finished


def test_an_event_sub_process_of_a_sub_process_sees_and_writes_its_variables() -> None:
    found = twins(
        """
        start s
        script isi script==1 resultVariable=n
        sub u
        start us inside u
        user a inside u
        end ue inside u
        us -> a
        a -> ue
        handler h inside u
        start hs inside h signal=ulang
        script tambah inside h script="=n + 1" resultVariable=n
        end he inside h
        hs -> tambah
        tambah -> he
        user z
        end e
        s -> isi
        isi -> u
        u -> z
        z -> e
        """
    )
    (wait,) = found.execution.list_waits()
    found.fire_token(wait.token, "hs")
    assert (found.open, found.values["n"]) == (["z"], 2)
