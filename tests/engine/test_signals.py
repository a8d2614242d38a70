"""Signals: thrown once, heard by all who wait, each of them once."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from message_kit import throwing, waiting
from town import Town

from engine.history import SignalReceived, SignalSent
from engine.job import Job, JobKind, LeaseLost

if TYPE_CHECKING:
    from engine.testing import MemoryJobs

HEARS = "catch tunggu signal=libur"
BEGINS = """
    start dengar signal=libur
    manual tempel
    end selesai
    dengar -> tempel
    tempel -> selesai
"""


def hearing() -> Town:
    return Town(
        waiting(HEARS), {"umumkan.bpmn": drawn(BEGINS, key="umumkan")}, throwing("signal=libur")
    )


def signals(jobs: MemoryJobs) -> list[Job]:
    wanted = {JobKind.SIGNAL, JobKind.SIGNAL_DELIVERY}
    return [job for job in jobs.kept.values() if job.kind in wanted]


def test_a_signal_reaches_all_who_wait_and_begins_what_starts_by_it() -> None:
    town = hearing()
    first, second = town.begin(nomor="1"), town.begin(nomor="2")
    sender = town.begin("lempar", nomor="9")
    town.courier.run()
    assert [town.task(town.agree(case)).element for case in (first, second)] == ["lanjut", "lanjut"]
    (begun,) = town.cases("umumkan")
    assert town.task(town.agree(begun)).element == "tempel"
    told = [r.event for case in (first, second, begun) for r in town.records(case)]
    heard = [event for event in told if isinstance(event, SignalReceived)]
    assert [(event.name, event.sender) for event in heard] == [("libur", sender)] * 3
    assert sum(isinstance(r.event, SignalSent) for r in town.records(sender)) == 1
    assert signals(town.store.jobs) == []


def test_a_signal_that_nobody_waits_for_is_heard_by_nobody() -> None:
    town = Town(waiting(HEARS), throwing("signal=libur"))
    town.begin("lempar", nomor="9")
    town.clock.advance(timedelta(seconds=1))
    case = town.begin(nomor="1")  # a moment too late
    town.courier.run()
    assert town.tasks(case) == ()
    assert signals(town.store.jobs) == []


def test_a_case_does_not_hear_the_signal_that_it_threw_before_it_waits() -> None:
    lines = """
        start mulai
        user isi formRef=isi
        throw lepas signal=libur
        catch tunggu signal=libur
        end selesai
        mulai -> isi
        isi -> lepas
        lepas -> tunggu
        tunggu -> selesai
    """
    town = Town({"p.bpmn": drawn(lines), "isi.form": form_of("isi", "nomor")})
    case = town.begin(nomor="1")
    town.courier.run()
    assert town.told(town.agree(case))["signal_received"] == 0
    town.clock.advance(timedelta(seconds=1))
    town.begin(nomor="2")
    town.courier.run()
    assert town.told(case)["signal_received"] == 1


def test_each_hears_a_signal_once_though_a_worker_dies_between_any_two_deliveries() -> None:
    town = hearing()
    cases = [town.begin(nomor=str(n)) for n in range(3)]
    town.begin("lempar", nomor="9")
    jobs = town.store.jobs
    handlers = {
        JobKind.SIGNAL: town.runtime.spread_signal,
        JobKind.SIGNAL_DELIVERY: town.runtime.deliver_signal,
    }
    for _ in range(20):
        if not (locked := jobs.claim(handlers.keys(), 1)):
            break
        town.clock.advance(timedelta(minutes=3))  # the worker is paused past its lease
        (again,) = (j for j in jobs.claim(handlers.keys(), 10) if j.id == locked[0].id)
        handlers[again.kind](again)
        with pytest.raises(LeaseLost):  # and comes back
            handlers[locked[0].kind](locked[0])
        for job in signals(jobs):  # what else was locked is let go
            jobs.kept[job.id] = dataclasses.replace(job, lease_until=town.clock.now())
    assert [town.told(case)["signal_received"] for case in cases] == [1, 1, 1]
    assert len(town.cases("umumkan")) == 1
    assert signals(jobs) == []


def test_a_signal_spreads_whole_or_not_at_all() -> None:
    town = hearing()
    town.begin(nomor="1")
    town.begin("lempar", nomor="9")
    jobs = town.store.jobs
    (signal,) = jobs.claim({JobKind.SIGNAL}, 1)
    town.runtime.spread_signal(signal)
    spread = {job.id for job in signals(jobs)}
    assert len(spread) == 2
    with pytest.raises(LeaseLost):
        town.runtime.spread_signal(signal)
    assert {job.id for job in signals(jobs)} == spread


def test_a_case_that_went_on_meanwhile_does_not_hear_a_signal() -> None:
    town = Town(waiting(HEARS), throwing("signal=libur"))
    case = town.begin(nomor="1")
    town.begin("lempar", nomor="9")
    (signal,) = town.store.jobs.claim({JobKind.SIGNAL}, 1)
    town.runtime.spread_signal(signal)
    town.cancel(case, "keliru", "pengawas")
    assert town.courier.run() == 1
    assert town.courier.given_up == []
    assert town.told(case)["signal_received"] == 0
