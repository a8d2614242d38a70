"""What every store promises (`engine.store`): in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import (
    AGENCY,
    AGENCY_CHAIN,
    BY,
    CASE,
    CASE_CHAIN,
    OFFICE,
    START,
    advanced,
    change_agency,
    definition,
    registration,
    set_up,
    started,
    task,
)

from engine.actor import Role
from engine.chain import PersonalValue, digest
from engine.errors import Conflict, NotFound
from engine.history import InstanceStarted, VariablesChanged
from engine.ids import AgencyId, DefinitionId, InstanceId, PersonId, RequestId, user_task_id
from engine.store import AgencyChanges, InstanceState
from engine.testing import example_office, example_post
from engine.user_task import TaskState

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.store import Instance, Transaction

ANI = PersonId("ani")


def read_case(backend: Backend) -> Instance:
    return backend.store.transact(lambda t: t.get_instance(CASE))


@pytest.mark.parametrize(
    "read",
    [
        lambda t: t.get_instance(InstanceId("nobody")),
        lambda t: t.get_case_of(user_task_id(CASE, 1)),
        lambda t: t.get_definition(DefinitionId("nobody")),
        lambda t: t.get_actor(PersonId("nobody")),
        lambda t: t.get_agency(AgencyId("nobody")),
        lambda t: t.get_agency_head(AgencyId("nobody")),
    ],
    ids=["instance", "task", "definition", "person", "agency", "agency head"],
)
def test_what_was_never_stored_is_not_found(backend: Backend, read: object) -> None:
    with pytest.raises(NotFound) as refused:
        backend.store.transact(read)
    assert refused.value.code == "not_found"


def test_what_may_be_missing_is_none(backend: Backend) -> None:
    set_up(backend.store)
    assert backend.store.transact(lambda t: t.find_request(RequestId("never"))) is None
    assert backend.store.transact(lambda t: t.find_latest(AGENCY, "nothing")) is None
    assert backend.store.transact(lambda t: t.find_person(AGENCY, "nobody")) is None
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == ()


def test_an_office_is_read_back_with_its_posts_and_units_as_groups(backend: Backend) -> None:
    set_up(backend.store)
    assert backend.store.transact(lambda t: t.get_agency(AGENCY)) == OFFICE.agency
    groups = backend.store.transact(lambda t: t.list_groups(AGENCY))
    assert groups == {"kepala", "staf", "umum"}
    assert backend.store.transact(lambda t: t.list_groups(AgencyId("other"))) == frozenset()


def test_an_office_set_up_again_is_brought_up_to_date_and_loses_nothing(backend: Backend) -> None:
    set_up(backend.store)
    before = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    changed = example_office(example_post("kepala", "lane_baru"), example_post("arsip"))
    renamed = dataclasses.replace(
        changed, agency=dataclasses.replace(changed.agency, name="Dinas Baru")
    )
    backend.store.transact(lambda t: t.save_office(renamed))
    assert backend.store.transact(lambda t: t.get_agency(AGENCY)).name == "Dinas Baru"
    groups = backend.store.transact(lambda t: t.list_groups(AGENCY))
    assert groups == {"kepala", "staf", "arsip", "umum"}
    assert backend.store.transact(lambda t: t.get_actor(ANI)).lanes == {"lane_baru"}
    assert backend.store.transact(lambda t: t.get_agency_head(AGENCY)) == before


def test_a_registered_person_is_an_actor_with_posts_by_standing(backend: Backend) -> None:
    set_up(backend.store, registration("budi", "staf", "kepala"))
    actor = backend.store.transact(lambda t: t.get_actor(PersonId("budi")))
    assert (actor.login, actor.name, actor.agency) == ("budi", "Budi", AGENCY)
    assert actor.posts == OFFICE.posts
    assert actor.roles == {Role.STAFF}
    assert backend.store.transact(lambda t: t.find_person(AGENCY, "budi")) == actor
    assert backend.store.transact(lambda t: t.find_person(AgencyId("other"), "budi")) is None


def test_a_login_is_given_once_and_the_refused_act_leaves_nothing(backend: Backend) -> None:
    set_up(backend.store)
    again = dataclasses.replace(registration("ani", "staf"), person=PersonId("other"))
    head = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    with pytest.raises(Conflict) as refused:
        backend.store.transact(
            lambda t: change_agency(t, registrations=(registration("cici"), again))
        )
    assert (refused.value.code, refused.value.params) == ("login_taken", {"login": "ani"})
    assert backend.store.transact(lambda t: t.get_agency_head(AGENCY)) == head
    assert backend.store.transact(lambda t: t.find_person(AGENCY, "cici")) is None


def test_a_post_that_the_agency_does_not_have_is_refused(backend: Backend) -> None:
    set_up(backend.store)
    with pytest.raises(NotFound) as refused:
        backend.store.transact(
            lambda t: change_agency(t, registrations=(registration("cici", "staf", "raja"),))
        )
    assert (refused.value.code, refused.value.params) == ("post_unknown", {"posts": ("raja",)})


def test_a_definition_is_read_back_whole_and_the_newest_is_found(backend: Backend) -> None:
    set_up(backend.store)
    later = tuple(definition(version) for version in (2, 10, 9))
    backend.store.transact(lambda t: change_agency(t, definitions=later[:1]))
    assert backend.store.transact(lambda t: t.get_definition(definition().id)) == definition()
    assert backend.store.transact(lambda t: t.find_latest(AGENCY, "surat")) == later[0]
    backend.store.transact(lambda t: change_agency(t, definitions=later[1:2]))
    assert backend.store.transact(lambda t: t.find_latest(AGENCY, "surat")) == later[1]
    assert backend.store.transact(lambda t: t.find_latest(AgencyId("other"), "surat")) is None


def test_the_versions_of_a_process_are_listed_newest_first_with_their_tags(
    backend: Backend,
) -> None:
    set_up(backend.store)
    for version in (2, 10):
        new = (definition(version), definition(version, key="lain"))
        backend.store.transact(lambda t, new=new: change_agency(t, definitions=new))
    found = backend.store.transact(lambda t: t.list_versions(AGENCY, "surat"))
    assert [(v.id, v.version, v.tag) for v in found] == [
        ("surat-10", 10, "tag-10"),
        ("surat-2", 2, "tag-2"),
        ("surat-1", 1, "tag-1"),
    ]
    assert backend.store.transact(lambda t: t.list_versions(AgencyId("other"), "surat")) == ()


def test_a_task_is_read_back_with_its_priority(backend: Backend) -> None:
    set_up(backend.store)
    urgent = task(1, priority=90)
    backend.store.transact(lambda t: t.save(started(urgent)))
    assert backend.store.transact(lambda t: t.get_case_of(urgent.id))[1].priority == 90


def test_a_version_is_deployed_once(backend: Backend) -> None:
    set_up(backend.store)
    again = dataclasses.replace(definition(), id=DefinitionId("again"))
    with pytest.raises(Conflict) as refused:
        backend.store.transact(lambda t: change_agency(t, definitions=(again,)))
    assert refused.value.code == "version_taken"


def test_a_case_and_its_tasks_are_read_back_as_they_were_saved(backend: Backend) -> None:
    set_up(backend.store)
    narrowed = task(2, candidate_groups=("umum", "kepala"), candidate_persons=("ani",), due_at=None)
    begun = started(task(1, on_behalf_of="Pemohon"), narrowed)
    backend.store.transact(lambda t: t.save(begun))
    assert read_case(backend) == begun.instance
    for each in begun.new_tasks:
        found = backend.store.transact(lambda t, each=each: t.get_case_of(each.id))
        assert found == (begun.instance, each)
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == begun.new_tasks


def test_what_a_command_changes_is_read_back(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(1))))
    later = START + timedelta(hours=1)
    done = dataclasses.replace(
        task(1), state=TaskState.COMPLETED, holder=ANI, revision=2, changed_at=later
    )
    ended = advanced(read_case(backend), "end", changed_tasks=(done,))
    case = dataclasses.replace(
        ended.instance,
        state=InstanceState.COMPLETED,
        ended_at=later,
        number="2",
        subject="lain",
        frontier=b"",
        variables=b"{}",
    )
    backend.store.transact(lambda t: t.save(dataclasses.replace(ended, instance=case)))
    found = backend.store.transact(lambda t: t.get_case_of(done.id))
    assert found == (case, dataclasses.replace(done, holder_name="Ani"))


def test_open_tasks_come_oldest_first_and_closed_ones_are_gone(backend: Backend) -> None:
    set_up(backend.store)
    tasks = tuple(task(token) for token in (2, 9, 10, 100))
    backend.store.transact(lambda t: t.save(started(*tasks)))
    gone = dataclasses.replace(tasks[1], state=TaskState.CANCELLED, revision=2)
    mine = dataclasses.replace(tasks[2], state=TaskState.CLAIMED, revision=2, holder=ANI)
    changes = advanced(
        read_case(backend), "next", changed_tasks=(gone, mine), new_tasks=(task(101),)
    )
    backend.store.transact(lambda t: t.save(changes))
    found = backend.store.transact(lambda t: t.list_open_tasks(CASE))
    assert [each.id.rpartition("-")[2] for each in found] == ["2", "10", "100", "101"]
    assert [each.holder_name for each in found] == ["", "Ani", "", ""]


def test_a_command_on_an_old_case_is_refused_and_leaves_nothing(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))
    old = read_case(backend)
    backend.store.transact(lambda t: t.save(advanced(old, "first")))
    with pytest.raises(Conflict) as refused:
        backend.store.transact(lambda t: t.save(advanced(old, "second", new_tasks=(task(7),))))
    assert refused.value.code == "instance_changed"
    assert backend.store.transact(lambda t: t.find_request(RequestId("second"))) is None
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == ()


def test_a_command_on_an_old_task_is_refused_and_leaves_nothing(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(1), task(2))))
    before = read_case(backend)
    fresh = dataclasses.replace(task(1), state=TaskState.COMPLETED, revision=2)
    stale = dataclasses.replace(task(2), state=TaskState.COMPLETED, revision=3)
    with pytest.raises(Conflict) as refused:
        backend.store.transact(
            lambda t: t.save(advanced(before, "stale", changed_tasks=(fresh, stale)))
        )
    assert refused.value.code == "task_changed"
    assert read_case(backend) == before
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == (task(1), task(2))


def test_an_exception_undoes_all_of_a_command(backend: Backend) -> None:
    set_up(backend.store)

    def work(transaction: Transaction) -> None:
        transaction.save(started(task(1)))
        change_agency(transaction, registrations=(registration("cici", "staf"),))
        raise ZeroDivisionError

    head = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    with pytest.raises(ZeroDivisionError):
        backend.store.transact(work)
    with pytest.raises(NotFound):
        read_case(backend)
    assert backend.records(CASE_CHAIN) == ()
    assert backend.store.transact(lambda t: t.find_person(AGENCY, "cici")) is None
    assert backend.store.transact(lambda t: t.get_agency_head(AGENCY)) == head


def test_a_command_sees_what_it_has_written(backend: Backend) -> None:
    set_up(backend.store)

    def work(transaction: Transaction) -> tuple[Instance, int]:
        transaction.save(started(task(1)))
        return transaction.get_instance(CASE), len(transaction.list_open_tasks(CASE))

    assert backend.store.transact(work) == (started().instance, 1)


def test_a_request_that_was_carried_out_is_found_by_its_id(backend: Backend) -> None:
    set_up(backend.store)
    begun = started(request="one")
    backend.store.transact(lambda t: t.save(begun))
    found = backend.store.transact(lambda t: t.find_request(RequestId("one")))
    assert found == begun.records[0]
    assert isinstance(found.event, InstanceStarted)
    assert found.by == BY


def test_a_request_id_is_used_once(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(request="one")))
    with pytest.raises(Conflict) as refused:
        backend.store.transact(lambda t: t.save(started(request="one", ident="other")))
    assert (refused.value.code, refused.value.params) == ("request_reused", {"request": "one"})
    with pytest.raises(NotFound):
        backend.store.transact(lambda t: t.get_instance(InstanceId("other")))


def test_a_chain_is_read_back_in_order_and_its_hashes_hold(backend: Backend) -> None:
    set_up(backend.store)
    written = [started()]
    backend.store.transact(lambda t: t.save(written[0]))
    for number in range(12):
        written.append(advanced(read_case(backend), f"r{number}"))
        backend.store.transact(lambda t: t.save(written[-1]))
    records = backend.records(CASE_CHAIN)
    assert records == tuple(record for changes in written for record in changes.records)
    assert [record.seq for record in records] == list(range(1, 15))
    assert all(record.hash == digest(record) for record in records)
    assert records[-1].hash == read_case(backend).head.hash
    assert isinstance(records[-1].event, VariablesChanged)


def test_personal_values_lie_beside_their_chain(backend: Backend) -> None:
    set_up(backend.store)
    value = PersonalValue(chain=CASE_CHAIN, seq=2, key="nik", salt=b"salt", value=b'"3514"')
    backend.store.transact(lambda t: t.save(dataclasses.replace(started(), personal=(value,))))
    backend.store.transact(lambda t: t.save(started(ident="other", request="other")))
    assert backend.personal(CASE_CHAIN) == {(2, "nik"): b'"3514"'}


def test_the_head_of_an_agency_grows_with_its_acts(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(change_agency)
    head = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    records = backend.records(AGENCY_CHAIN)
    assert (head.chain, head.seq, head.hash) == (AGENCY_CHAIN, 2, records[-1].hash)


def test_an_act_behind_an_old_head_of_the_agency_is_refused(backend: Backend) -> None:
    set_up(backend.store)
    old = backend.store.transact(lambda t: t.get_agency_head(AGENCY))
    backend.store.transact(change_agency)
    skipping = dataclasses.replace(old, seq=old.seq + 1)
    with pytest.raises(Conflict) as refused:
        backend.store.transact(
            lambda t: t.save_agency(
                AgencyChanges(head=skipping, records=backend.records(AGENCY_CHAIN)[1:])
            )
        )
    assert refused.value.code == "agency_changed"


def test_a_command_that_waited_for_another_sees_what_that_one_wrote(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(1))))
    first_has_read, second_asks = threading.Event(), threading.Event()
    claimed = dataclasses.replace(task(1), state=TaskState.CLAIMED, holder=ANI, revision=2)

    def first(transaction: Transaction) -> None:
        case, _ = transaction.get_case_of(task(1).id)
        first_has_read.set()
        assert second_asks.wait(timeout=10)
        transaction.save(advanced(case, "first", changed_tasks=(claimed,)))

    def second() -> tuple[Instance, object]:
        assert first_has_read.wait(timeout=10)
        second_asks.set()
        return backend.store.transact(lambda t: t.get_case_of(task(1).id))

    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(second)
        pool.submit(backend.store.transact, first).result()
        case, seen = reading.result()
    assert case.revision == 2
    assert seen == dataclasses.replace(claimed, holder_name="Ani")


def test_no_update_is_lost_between_threads_on_one_case(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))
    threads, rounds = 8, 10
    together = threading.Barrier(threads)

    def count_up(name: int) -> None:
        together.wait(timeout=10)
        for number in range(rounds):
            backend.store.transact(
                lambda t, number=number: t.save(advanced(t.get_instance(CASE), f"{name}-{number}"))
            )

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(count_up, range(threads)))
    assert read_case(backend).revision == 1 + threads * rounds
    assert len(backend.records(CASE_CHAIN)) == 2 + threads * rounds
