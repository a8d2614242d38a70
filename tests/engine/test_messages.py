"""Messages between cases: who takes one, what begins by one, and what becomes of one that nobody waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from engine_maps import drawn, form_of
from message_kit import ANSWERS, ASKS, CATCH, RECEIVE, talking, throwing, waiting
from town import Town

from engine.gate import Refused
from engine.history import MessageAwaited, MessageReceived, MessageSent
from engine.job import BACK_OFF, JobKind
from engine.store import InstanceState
from engine.wait import WaitKind


def test_two_processes_talk_a_asks_and_b_answers_by_the_key() -> None:
    town = Town(talking())
    asked = town.begin("tanya", nomor="12", pokok="izin")
    other = town.begin("tanya", nomor="13", pokok="lain")
    assert town.courier.run() == 2
    begun = {town.case(each).business_key: each for each in town.cases("jawab")}
    assert begun.keys() == {"12", "13"}
    answering = town.agree(begun["12"])
    assert town.values(answering) == {"nomor": "12", "pokok": "izin", "putusan": None}
    town.complete(town.task(answering), "umum", nomor="12", pokok="izin", putusan="ya")
    assert town.case(answering).state is InstanceState.COMPLETED
    town.courier.run()
    town.agree(asked)
    assert town.values(asked)["putusan"] == "ya"
    assert town.task(asked).element == "arsip"
    assert town.tasks(other) == ()
    assert "putusan" not in town.values(other)


def test_each_side_of_a_talk_says_in_its_history_what_it_sent_and_received() -> None:
    town = Town(talking())
    asked = town.begin("tanya", nomor="12", pokok="izin")
    town.courier.run()
    (answering,) = town.cases("jawab")
    town.complete(town.task(answering), "umum", nomor="12", pokok="izin", putusan="ya")
    town.courier.run()
    sent, awaited, received = town.heard(asked)
    assert isinstance(sent, MessageSent)
    assert (sent.name, sent.key) == ("permintaan", "12")
    assert isinstance(awaited, MessageAwaited)
    assert isinstance(received, MessageReceived)
    assert (received.name, received.sender, received.on_behalf_of) == ("jawaban", answering, "")
    begun, _ = town.heard(answering)
    assert isinstance(begun, MessageReceived)
    assert (begun.token, begun.element, begun.sender) == (0, "terima", asked)
    lead = town.records(answering)[0]
    assert (lead.event.type, lead.by.name) == ("instance_started", "Alur")


@pytest.mark.parametrize("wait", [CATCH, RECEIVE])
def test_only_the_case_with_the_message_s_key_takes_it(wait: str) -> None:
    town = Town(waiting(wait), throwing("message=jawaban key=${nomor} carries=putusan"))
    here, there = town.begin(nomor="1"), town.begin(nomor="2")
    town.begin("lempar", nomor="2", putusan="ya")
    assert town.courier.run() == 1
    assert town.tasks(here) == ()
    assert town.task(town.agree(there)).element == "lanjut"
    assert town.values(there)["putusan"] == "ya"
    assert town.under_way() == 0


def test_a_message_without_a_key_of_its_own_has_the_case_s_business_key() -> None:
    town = Town(waiting("catch tunggu message=jawaban"), throwing("message=jawaban"))
    case = town.runtime.start(
        town.keys["p"], actor=town.person("umum"), request=town.request(), business_key="K-1"
    )
    town.complete(town.task(case), "umum", nomor="1")
    town.begin("lempar", nomor="1")
    assert town.courier.run() == 1
    assert town.tasks(case) == ()  # the other case has no business key
    assert town.under_way() == 1
    agency = town.case(case).agency
    (sub,) = town.store.transact(
        lambda tx: tx.list_subscriptions(agency, WaitKind.MESSAGE, "jawaban", "K-1")
    )
    assert (sub.instance, sub.element) == (case, "tunggu")


def test_a_message_that_comes_before_somebody_waits_is_kept_and_taken_the_moment_they_do() -> None:
    town = Town(waiting(), throwing("message=jawaban key=${nomor} carries=putusan"))
    town.begin("lempar", nomor="7", putusan="ya")
    assert town.courier.run() == 1
    assert town.under_way() == 1
    case = town.begin(nomor="7")
    assert town.courier.run() == 1  # without waiting for its next attempt
    assert town.task(town.agree(case)).element == "lanjut"
    assert town.under_way() == 0


def test_a_wait_for_another_key_does_not_wake_a_message() -> None:
    town = Town(waiting(), throwing("message=jawaban key=${nomor}"))
    town.begin("lempar", nomor="7")
    town.courier.run()
    town.begin(nomor="8")
    assert town.courier.run() == 0


def test_a_message_that_nobody_ever_waits_for_becomes_an_incident_of_its_sender() -> None:
    town = Town(throwing("message=jawaban key=${nomor}"))
    sender = town.begin("lempar", nomor="7")
    town.courier.run()
    for length in BACK_OFF:
        assert town.courier.given_up == []
        town.clock.advance(length)
        assert town.courier.run() == 1
    assert town.courier.given_up == [(JobKind.MESSAGE, "message_unclaimed", "")]
    (incident,) = (r.event for r in town.records(sender) if r.event.type == "incident_raised")
    assert (incident.element, incident.code) == ("lepas", "message_unclaimed")
    town.clock.advance(timedelta(days=30))
    assert town.courier.run() == 0


def test_a_message_that_several_cases_wait_for_reaches_none_and_says_which() -> None:
    town = Town(waiting(), throwing("message=jawaban key=${nomor}"))
    both = sorted([town.begin(nomor="7"), town.begin(nomor="7")])
    sender = town.begin("lempar", nomor="7")
    town.courier.run()
    assert town.courier.given_up == [(JobKind.MESSAGE, "message_ambiguous", ", ".join(both))]
    assert all(town.tasks(case) == () for case in both)
    assert "incident_raised" in town.told(sender)


def test_of_several_steps_of_one_case_the_first_takes_the_message() -> None:
    lines = """
        start mulai
        user isi formRef=isi
        and bagi
        catch satu message=jawaban key=${nomor}
        catch dua message=jawaban key=${nomor}
        manual a
        manual b
        end x
        end y
        mulai -> isi
        isi -> bagi
        bagi -> satu
        bagi -> dua
        satu -> a
        dua -> b
        a -> x
        b -> y
    """
    package = {"p.bpmn": drawn(lines), "isi.form": form_of("isi", "nomor")}
    town = Town(package, throwing("message=jawaban key=${nomor}"))
    case = town.begin(nomor="7")
    town.begin("lempar", nomor="7")
    town.courier.run()
    assert [task.element for task in town.tasks(case)] == ["a"]
    town.begin("lempar", nomor="7")
    town.courier.run()
    assert [task.element for task in town.tasks(town.agree(case))] == ["a", "b"]


def test_a_message_to_a_case_that_was_stopped_meanwhile_waits_for_another() -> None:
    town = Town(waiting(), throwing("message=jawaban key=${nomor}"))
    case = town.begin(nomor="7")
    town.begin("lempar", nomor="7")
    town.cancel(case, "keliru", "pengawas")
    town.courier.run()
    assert town.under_way() == 1
    assert town.told(case)["message_received"] == 0


def test_a_new_version_takes_the_start_message_over() -> None:
    town = Town(talking())
    first = town.keys["jawab"]
    again = talking() | {
        "jawab.bpmn": drawn(ANSWERS.replace("periksa ->", "periksa  ->"), key="jawab")
    }
    again["jawab.bpmn"] = again["jawab.bpmn"].replace(
        b"<bpmn:process", b'<bpmn:process name="Baru"'
    )
    second = town.deploy(again)["jawab"].id
    assert first != second
    town.begin("tanya", nomor="1", pokok="x")
    town.courier.run()
    (case,) = town.cases("jawab")
    assert town.case(case).definition == second


def test_a_new_version_without_the_start_message_is_begun_by_none() -> None:
    town = Town(talking())
    without = drawn(ANSWERS.replace(" message=permintaan", ""), key="jawab")
    town.deploy(talking() | {"jawab.bpmn": without})
    town.begin("tanya", nomor="1", pokok="x")
    town.courier.run()
    assert town.cases("jawab") == []
    assert town.under_way() == 1


def test_a_message_on_its_way_begins_a_case_when_its_process_comes_into_force() -> None:
    asks = {name: data for name, data in talking().items() if name.startswith("tanya")}
    town = Town(asks)
    town.begin("tanya", nomor="1", pokok="x")
    town.courier.run()
    town.deploy({k: v for k, v in talking().items() if k not in asks})
    assert town.courier.run() == 1
    assert len(town.cases("jawab")) == 1


def test_one_message_can_begin_one_process_only() -> None:
    town = Town(talking())
    rival = {
        "rival.bpmn": drawn(ANSWERS, key="rival"),
        "periksa.form": form_of("periksa", "nomor", "pokok", "putusan"),
    }
    with pytest.raises(Refused) as refused:
        town.deploy(rival)
    (finding,) = (f for f in refused.value.findings if f.code == "message_start_taken")
    assert finding.params == {"name": "permintaan", "other": "jawab"}
    assert finding.element_id == "terima"
    with pytest.raises(Refused):
        Town({**rival, "jawab.bpmn": drawn(ANSWERS, key="jawab")})


def test_personal_values_are_not_sent_to_where_they_would_not_be() -> None:
    lines = ASKS.replace("carries=nomor,pokok", "carries=nomor,pokok,nik")
    package = talking() | {
        "tanya.bpmn": drawn(lines, key="tanya"),
        "tanya.form": form_of("tanya", "nomor", "pokok", "nik", personal="nik"),
    }
    town = Town(package)
    sender = town.begin("tanya", nomor="1", pokok="x", nik="123")
    town.courier.run()
    assert town.courier.given_up == [(JobKind.MESSAGE, "message_personal", "")]
    assert town.cases("jawab") == []
    assert "incident_raised" in town.told(sender)
    kept = package | {"periksa.form": form_of("periksa", "nomor", "pokok", "nik", personal="nik")}
    willing = Town(kept)
    willing.begin("tanya", nomor="1", pokok="x", nik="123")
    willing.courier.run()
    (case,) = willing.cases("jawab")
    assert willing.values(willing.agree(case))["nik"] == "123"
