"""Beginning linked cases, taking back and correcting, on every store: the same case and the same history come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correction_kit import values_of
from engine_office import NOON, POSTS, UNUSED
from link_kit import letter

from engine.actor import Role, Signature
from engine.chain import GENESIS, digest, instance_chain
from engine.history import InstanceLinked
from engine.ids import AgencyId, InstanceId, PersonId, PostId, RequestId
from engine.replay import fold
from engine.runtime import Runtime
from engine.store import InstanceState, Registration
from engine.survey import survey
from engine.testing import FixedClock, example_office, predictable_ids
from engine.user_task import TaskState

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.store import Definition
    from engine.user_task import UserTask

UMUM = PersonId("umum")


class Office:
    """The office of the tests of the commands, on a store of any kind, worked by one person."""

    def __init__(self, backend: Backend) -> None:
        clock = FixedClock(NOON)
        self.backend = backend
        self.runtime = Runtime(backend.store, clock, predictable_ids(clock))
        self.runtime.set_up(example_office(*POSTS, agency="oper"))
        person = Registration(
            person=UMUM,
            agency=AgencyId("oper"),
            login="umum",
            name="Umum",
            posts=(PostId("umum"),),
            roles=frozenset({Role.STAFF}),
            password_hash=UNUSED,
        )
        self.runtime.register(person, by=Signature.of_system())
        self.actor = backend.store.transact(lambda tx: tx.get_actor(UMUM))

    def begin(self) -> InstanceId:
        """Deploy the letter that is handed on, and begin a case of it."""
        found: tuple[Definition, ...] = self.runtime.deploy(
            letter(), agency=AgencyId("oper"), by=Signature.of_system()
        )
        surat = next(each for each in found if each.key == "surat")
        return self.runtime.start(surat.id, actor=self.actor, request=RequestId("mulai"))

    def task(self, case: InstanceId) -> UserTask:
        """Give the only open task."""
        (task,) = self.backend.store.transact(lambda tx: tx.list_open_tasks(case))
        return task

    def hand_on(self, case: InstanceId, request: str) -> UserTask:
        """Hand the letter on to two."""
        task = self.task(case)
        values = values_of({"perihal": "Rapat", "teruskan": False, "penerima": ["umum", "bidang"]})
        self.runtime.complete(
            task.id, values, actor=self.actor, request=RequestId(request), revision=task.revision
        )
        return task

    def linked(self, case: InstanceId) -> list[InstanceId]:
        """Give the cases that it began."""
        events = [record.event for record in self.backend.records(instance_chain(case))]
        return [InstanceId(e.instance) for e in events if isinstance(e, InstanceLinked)]

    def expect_agreement(self, case: InstanceId) -> None:
        """See that the history folds to the case as stored, and that its chain is whole."""
        chain = instance_chain(case)
        records = self.backend.records(chain)
        moment = fold(records, self.backend.personal(chain))
        stored = self.backend.store.transact(lambda tx: tx.get_instance(case))
        open_tasks = self.backend.store.transact(lambda tx: tx.list_open_tasks(case))
        assert moment.state is stored.state
        assert {
            t for t, each in moment.tasks.items() if each.state.value in ("created", "claimed")
        } == {task.id for task in open_tasks}
        assert [r.prev for r in records] == [GENESIS, *(r.hash for r in records[:-1])]
        assert all(digest(record) == record.hash for record in records)


def test_a_letter_is_handed_on_taken_back_handed_on_again_and_corrected(backend: Backend) -> None:
    office = Office(backend)
    case = office.begin()
    first = office.hand_on(case, "satu")
    gone = office.linked(case)
    assert len(gone) == 2
    sent = backend.store.transact(lambda tx: tx.get_case_of(first.id)[1])
    for _ in range(2):
        office.runtime.retract(
            first.id,
            "salah",
            actor=office.actor,
            request=RequestId("tarik"),
            revision=sent.revision,
        )
    for child in gone:
        stored = backend.store.transact(lambda tx, child=child: tx.get_instance(child))
        assert (stored.state, stored.parent) == (InstanceState.CANCELLED, case)
        office.expect_agreement(child)
    again = office.task(case)
    assert (again.element, again.state, again.holder) == ("baca", TaskState.CLAIMED, UMUM)
    office.expect_agreement(case)
    office.hand_on(case, "dua")
    assert len(office.linked(case)) == 4
    chain = instance_chain(case)
    found = survey(
        again.id, backend.records(chain), backend.personal(chain), office.runtime.program
    )
    office.runtime.correct(
        again.id,
        {"teruskan": True},
        "keliru",
        actor=office.actor,
        request=RequestId("koreksi"),
        revision=found.revision,
    )
    office.expect_agreement(case)
    values = fold(backend.records(chain), {}).variables()
    assert (values["teruskan"], values["perihal"]) == (True, "Rapat")
