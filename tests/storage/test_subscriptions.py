"""What every store promises of subscriptions: in memory, on SQLite and on PostgreSQL; and two processes that talk on each."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_office import POSTS, UNUSED
from inbox_kit import plan_of, told
from message_kit import Courier, talking
from storage_kit import AGENCY, CASE, START, advanced, change_agency, definition, set_up, started

from engine.actor import Role, Signature
from engine.errors import NotFound
from engine.ids import (
    AgencyId,
    DefinitionId,
    Ids,
    InstanceId,
    JobId,
    LaneId,
    PersonId,
    PostId,
    RequestId,
    SubscriptionId,
)
from engine.job import Job, JobKind, JobState, LeaseLost, topic_of_message
from engine.message import Subscription
from engine.runtime import Runtime
from engine.store import Registration, WaitChanges
from engine.testing import example_office
from engine.variables import object_of
from engine.wait import WaitKind
from storage import subscriptions
from storage.store import SqlStore

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from storage_kit import Workplace

    from engine.actor import Actor
    from engine.clock import Clock
    from engine.store import Definition, Transaction
    from engine.user_task import UserTask
    from storage.database import Database

UMUM = PersonId("umum")
WAITS = Subscription(
    id=SubscriptionId("case-3-tunggu"),
    agency=AGENCY,
    kind=WaitKind.MESSAGE,
    name="jawaban “SK”",
    key="12/A",
    definition=DefinitionId("surat-1"),
    element="tunggu",
    instance=CASE,
    token=3,
    lane=LaneId("lane_staf"),
    opened_at=START,
)
STARTS = Subscription(
    id=SubscriptionId("surat-1-terima"),
    agency=AGENCY,
    kind=WaitKind.MESSAGE,
    name="jawaban “SK”",
    key="",
    definition=DefinitionId("surat-1"),
    element="terima",
    process="surat",
    opened_at=START,
)


def on_its_way(name: str, key: str, **fields: object) -> Job:
    """Give the job of a message that was tried before and waits for its next attempt."""
    job = Job(
        id=JobId(f"pesan-{key}"),
        agency=AGENCY,
        kind=JobKind.MESSAGE,
        data=b"{}",
        due_at=START + timedelta(days=1),
        created_at=START,
        state=JobState.RETRIED,
        topic=topic_of_message(name, key),
    )
    return dataclasses.replace(job, **fields)


def save(backend: Workplace, **waits: object) -> None:
    """Save waits without an act."""
    backend.store.transact(lambda tx: tx.save_waits(WaitChanges(**waits)))


def found(backend: Workplace, key: str | None, name: str = WAITS.name) -> tuple[Subscription, ...]:
    """Give who waits for a message."""
    return backend.store.transact(
        lambda tx: tx.list_subscriptions(AGENCY, WaitKind.MESSAGE, name, key)
    )


def test_a_subscription_is_read_back_as_it_was_written(backend: Workplace) -> None:
    set_up(backend.store)
    backend.store.transact(
        lambda tx: tx.save(
            dataclasses.replace(started(), waits=WaitChanges(subscriptions=(WAITS,)))
        )
    )
    assert found(backend, "12/A") == (WAITS,)
    assert backend.store.transact(lambda tx: tx.find_subscription(WAITS.id)) == WAITS
    assert found(backend, "12/B") == ()
    assert found(backend, "12/A", "jawaban") == ()
    assert found(backend, None) == (WAITS,)


def test_a_message_with_any_key_finds_a_start_event(backend: Workplace) -> None:
    set_up(backend.store)
    save(backend, subscriptions=(WAITS, STARTS))
    assert found(backend, "9") == (STARTS,)
    assert found(backend, "12/A") == (WAITS, STARTS)
    other = AgencyId("lain")
    assert (
        backend.store.transact(
            lambda tx: tx.list_subscriptions(other, WaitKind.MESSAGE, WAITS.name, None)
        )
        == ()
    )


def test_a_command_that_goes_on_takes_its_subscriptions_away(backend: Workplace) -> None:
    set_up(backend.store)
    begun = dataclasses.replace(started(), waits=WaitChanges(subscriptions=(WAITS,)))
    backend.store.transact(lambda tx: tx.save(begun))
    gone = WaitChanges(dropped_subscriptions=(WAITS.id, SubscriptionId("never")))
    case = backend.store.transact(lambda tx: tx.get_instance(CASE))
    backend.store.transact(lambda tx: tx.save(advanced(case, "next", waits=gone)))
    assert found(backend, "12/A") == ()


def test_a_subscription_of_the_same_id_takes_the_place_of_the_one_before(
    backend: Workplace,
) -> None:
    set_up(backend.store)
    again = dataclasses.replace(WAITS, key="13/A")
    save(backend, subscriptions=(WAITS,))
    save(backend, subscriptions=(again,))
    assert found(backend, None) == (again,)


def test_a_new_version_takes_the_start_subscriptions_of_its_process_over(
    backend: Workplace,
) -> None:
    set_up(backend.store)
    elsewhere = dataclasses.replace(STARTS, id=SubscriptionId("x"), process="lain", name="lain")
    save(backend, subscriptions=(STARTS, elsewhere, WAITS))
    second = dataclasses.replace(
        STARTS, id=SubscriptionId("surat-2-terima"), definition=DefinitionId("surat-2")
    )

    def deploy(tx: Transaction) -> None:
        waits = WaitChanges(subscriptions=(second,))
        change_agency(tx, definitions=(definition(2),), waits=waits)

    backend.store.transact(deploy)
    assert found(backend, None) == (WAITS, second)
    assert found(backend, None, "lain") == (elsewhere,)


def test_who_begins_to_wait_wakes_the_messages_of_that_name_and_key_only(
    backend: Workplace,
) -> None:
    set_up(backend.store)
    mine, other = on_its_way(WAITS.name, "12/A"), on_its_way(WAITS.name, "12/B")
    abroad = on_its_way("lain", "12/A", id=JobId("lain"))
    failed = on_its_way(WAITS.name, "12/A", id=JobId("gagal"), state=JobState.FAILED)
    save(backend, jobs=(mine, other, abroad, failed))
    assert backend.jobs.claim({JobKind.MESSAGE}, 10) == ()
    save(backend, subscriptions=(WAITS,))
    (woken,) = backend.jobs.claim({JobKind.MESSAGE}, 10)
    assert woken.id == mine.id


def test_a_start_event_wakes_the_messages_of_its_name_whatever_their_key(
    backend: Workplace,
) -> None:
    set_up(backend.store)
    jobs = [on_its_way(STARTS.name, key) for key in ("", "1", "\U0010ffff")]
    longer = on_its_way(f"{STARTS.name}x", "1", id=JobId("lain"))
    save(backend, jobs=(*jobs, longer))
    save(backend, subscriptions=(STARTS,))
    woken = backend.jobs.claim({JobKind.MESSAGE}, 10)
    assert {job.id for job in woken} == {job.id for job in jobs}


def test_a_job_that_comes_again_keeps_counting_its_fence(backend: Workplace) -> None:
    set_up(backend.store)
    job = on_its_way("x", "1", due_at=START, state=JobState.DUE)
    save(backend, jobs=(job,))
    (first,) = backend.jobs.claim({JobKind.MESSAGE}, 1)
    save(backend, finished=(first,), jobs=(job,))
    (second,) = backend.jobs.claim({JobKind.MESSAGE}, 1)
    assert (second.fence, second.attempts) == (2, 1)
    with pytest.raises(LeaseLost):
        save(backend, finished=(first,))
    save(backend, finished=(second,))
    with pytest.raises(LeaseLost):
        save(backend, finished=(second,))


def test_what_a_lost_lease_would_have_written_is_not_written(backend: Workplace) -> None:
    set_up(backend.store)
    save(backend, jobs=(on_its_way("x", "1", due_at=START, state=JobState.DUE),))
    (old,) = backend.jobs.claim({JobKind.MESSAGE}, 1)
    backend.clock.advance(timedelta(minutes=3))
    (new,) = backend.jobs.claim({JobKind.MESSAGE}, 1)
    with pytest.raises(LeaseLost):
        save(backend, finished=(old,), subscriptions=(WAITS,), jobs=(on_its_way("x", "2"),))
    assert found(backend, None) == ()
    save(backend, finished=(new,))


class Town:
    """An office of one person whose processes talk, on a store of any kind."""

    def __init__(self, backend: Workplace) -> None:
        self.backend = backend
        self.ids = NotedIds(backend.clock)
        self.runtime = Runtime(backend.store, backend.clock, self.ids)
        self.runtime.set_up(example_office(*POSTS, agency="kota"))
        person = Registration(
            person=UMUM,
            agency=AgencyId("kota"),
            login="umum",
            name="Umum",
            posts=(PostId("umum"),),
            roles=frozenset({Role.STAFF}),
            password_hash=UNUSED,
        )
        self.runtime.register(person, by=Signature.of_system())
        self.courier = Courier(self.runtime, backend.jobs, backend.clock)
        deployed: tuple[Definition, ...] = self.runtime.deploy(
            talking(), agency=AgencyId("kota"), by=Signature.of_system()
        )
        self.keys = {each.key: each.id for each in deployed}

    @property
    def actor(self) -> Actor:
        """Give the person."""
        return self.backend.store.transact(lambda tx: tx.get_actor(UMUM))

    def ask(self, number: str) -> InstanceId:
        """Begin a case that asks with a number."""
        case = self.runtime.start(
            self.keys["tanya"], actor=self.actor, request=RequestId(f"mulai-{number}")
        )
        self.send(case, nomor=number, pokok="izin")
        return case

    def tasks(self, case: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self.backend.store.transact(lambda tx: tx.list_open_tasks(case))

    def send(self, case: InstanceId, **values: str) -> None:
        """Send the only open form of a case."""
        (task,) = self.tasks(case)
        self.runtime.complete(
            task.id,
            dict(values),
            actor=self.actor,
            request=RequestId(f"kirim-{task.id}"),
            revision=task.revision,
        )

    def values(self, case: InstanceId) -> dict[str, object]:
        """Give a case's variables."""
        found = self.backend.store.transact(lambda tx: tx.get_instance(case))
        own = object_of(found.variables)["0"]
        return dict(own) if isinstance(own, dict) else {}

    def cases(self, key: str) -> list[InstanceId]:
        """Give the cases of a process."""

        def work(tx: Transaction) -> list[InstanceId]:
            found = []
            for new in self.ids.made:
                with suppress(NotFound):
                    found.append(tx.get_instance(InstanceId(new)))
            return [each.id for each in found if each.key == key]

        return self.backend.store.transact(work)


class NotedIds(Ids):
    """Ids that are remembered, so that a case which nobody began by hand is found on any store."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.made: list[str] = []

    def new(self) -> str:
        """Give a new id."""
        self.made.append(super().new())
        return self.made[-1]


def test_two_processes_talk_on_every_store(backend: Workplace) -> None:
    town = Town(backend)
    asked = [town.ask(number) for number in ("12", "13")]
    assert town.courier.run() == 2
    answering = {town.values(case)["nomor"]: case for case in town.cases("jawab")}
    assert answering.keys() == {"12", "13"}
    town.send(answering["12"], nomor="12", pokok="izin", putusan="ya")
    assert town.courier.run() == 1
    assert town.values(asked[0])["putusan"] == "ya"
    assert [task.element for task in town.tasks(asked[0])] == ["arsip"]
    assert town.tasks(asked[1]) == ()
    assert town.courier.given_up == []


def test_a_message_that_was_delivered_is_not_delivered_again_by_a_worker_that_was_away(
    backend: Workplace,
) -> None:
    town = Town(backend)
    town.ask("12")
    (old,) = backend.jobs.claim({JobKind.MESSAGE}, 1)
    backend.clock.advance(timedelta(minutes=3))
    assert town.courier.run() == 1
    with pytest.raises(LeaseLost):
        town.runtime.deliver_message(old)
    assert len(town.cases("jawab")) == 1


def test_of_two_messages_for_one_wait_one_is_taken_and_the_other_kept(backend: Workplace) -> None:
    town = Town(backend)
    first = town.ask("12")
    town.courier.run()
    (answering,) = town.cases("jawab")
    second = town.runtime.start(
        town.keys["tanya"], actor=town.actor, request=RequestId("mulai-lagi")
    )
    town.send(second, nomor="13", pokok="izin")
    town.courier.run()
    twin = next(case for case in town.cases("jawab") if case != answering)
    town.send(answering, nomor="12", pokok="izin", putusan="ya")
    town.send(twin, nomor="12", pokok="izin", putusan="tidak")
    assert town.courier.run() == 2
    assert town.values(first)["putusan"] == "ya"
    backend.clock.advance(timedelta(minutes=1))
    assert town.courier.run() == 1  # nobody waits for it any more
    assert town.values(first)["putusan"] == "ya"


def test_who_waits_and_what_is_woken_is_found_along_indexes(database: Database) -> None:
    set_up(SqlStore(database))

    def plans(connection: Connection) -> list[tuple[str, str]]:
        def act() -> None:
            subscriptions.list_by_name(connection, AGENCY, WaitKind.MESSAGE, "x", "1")
            subscriptions.list_by_name(connection, AGENCY, WaitKind.SIGNAL, "x", None)
            subscriptions.drop_starts(connection, AGENCY, "surat")
            subscriptions.save_subscriptions(connection, [WAITS, STARTS], START)

        sent = [one for one in told(connection, act) if not one[0].startswith("INSERT")]
        return [(sql, plan_of(connection, sql, values)) for sql, values in sent]

    for sql, plan in database.write(plans):
        table = "jobs" if "jobs" in sql else "subscriptions"
        assert f"SCAN {table}" not in plan, (sql, plan)
        assert "Seq Scan" not in plan, (sql, plan)
        if table == "jobs":
            assert "ix_jobs_topic" in plan, (sql, plan)
