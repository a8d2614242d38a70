from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.chain import Head, Record, append, instance_chain
from engine.history import (
    ElementActivated,
    ElementCancelled,
    ElementCompleted,
    ElementMerged,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    ScopeClosed,
    ScopeOpened,
    UserTaskAssigned,
    UserTaskCancelled,
    UserTaskClaimed,
    UserTaskCompleted,
    UserTaskCreated,
    UserTaskUnclaimed,
    VariablesChanged,
)
from engine.ids import InstanceId
from engine.replay import Moment, fold
from engine.store import InstanceState
from engine.user_task import TaskState

if TYPE_CHECKING:
    from engine.history import HistoryEvent

LINA = Signature(person="p1", name="Lina")
BUDI = Signature(person="p2", name="Budi")
CREATED = UserTaskCreated(task="k-2", token=2, element="periksa", name="Periksa surat", lane="umum")


class Book:
    """A chain that is written command by command, a minute apart."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._head = Head(chain=instance_chain(InstanceId("k")))

    def add(self, *events: HistoryEvent, by: Signature = LINA) -> Book:
        """Write one command's events."""
        at = f"2026-11-21T03:{len(self.records):02}:00.000000Z"
        fresh, self._head = append(self._head, events, at=at, by=by)
        self.records += fresh
        return self

    def moment(self) -> Moment:
        """Fold all that was written, without personal values."""
        return fold(self.records, {})


def test_nothing_happened_yet() -> None:
    moment = fold((), {})
    assert (moment.seq, moment.active, moment.variables()) == (0, {}, {})
    assert moment.state is InstanceState.RUNNING


def test_a_token_is_active_from_its_arrival_until_it_leaves() -> None:
    book = Book().add(ElementActivated(element="a", token=1, flow="f1"))
    active = book.moment().active[1]
    assert (active.element, active.flow, active.since) == ("a", "f1", book.records[0].at)
    book.add(ElementCompleted(token=1))
    assert book.moment().active == {}
    assert book.moment().visits == {("", "a"): 1}
    assert book.moment().flows == {("", "f1"): 1}


def test_a_merged_or_cancelled_token_is_no_visit() -> None:
    book = Book().add(
        ElementActivated(element="j", token=1),
        ElementActivated(element="a", token=2),
        ElementMerged(token=1),
        ElementCancelled(token=2),
    )
    assert (book.moment().active, book.moment().visits) == ({}, {})


def test_the_elements_of_a_called_process_are_counted_under_its_definition() -> None:
    book = Book().add(
        ElementActivated(element="call", token=1),
        ScopeOpened(scope=2, token=1, definition="d2"),
        ElementActivated(element="sub", token=3, scope=2),
        ScopeOpened(scope=4, token=3, parent=2),
        ElementActivated(element="a", token=5, scope=4, flow="f1"),
        ElementCompleted(token=5),
    )
    moment = book.moment()
    assert moment.visits == {("d2", "a"): 1}
    assert moment.flows == {("d2", "f1"): 1}
    assert [moment.drawing_of(scope) for scope in (0, 2, 4)] == ["", "d2", "d2"]


def test_variables_belong_to_their_scope_until_it_closes() -> None:
    book = Book().add(
        VariablesChanged(set={"x": Decimal(1), "y": "lama"}),
        ScopeOpened(scope=2, token=1),
        VariablesChanged(scope=2, set={"x": Decimal(2)}),
        VariablesChanged(set={"y": "baru"}, removed=("tiada", "x")),
    )
    assert book.moment().variables() == {"y": "baru"}
    assert book.moment().variables(2) == {"x": Decimal(2)}
    book.add(ScopeClosed(scope=2))
    assert book.moment().scopes.keys() == {0}


def test_a_personal_value_comes_from_beside_the_chain() -> None:
    book = Book().add(VariablesChanged(personal={"nik": "0" * 64}))
    there = fold(book.records, {(1, "nik"): b'"3514"'})
    assert (there.variables(), there.erased) == ({"nik": "3514"}, set())


def test_an_erased_personal_value_is_told_apart_from_an_empty_one() -> None:
    book = Book().add(VariablesChanged(set={"alamat": None}, personal={"nik": "0" * 64}))
    erased = book.moment()
    assert erased.variables() == {"alamat": None, "nik": None}
    assert erased.erased == {"nik"}
    book.add(VariablesChanged(personal={"nik": "1" * 64}))
    assert fold(book.records, {(2, "nik"): b'"1"'}).erased == set()


def test_an_erased_value_that_is_cleared_later_is_no_longer_erased() -> None:
    book = Book().add(VariablesChanged(personal={"nik": "0" * 64}))
    book.add(VariablesChanged(set={"nik": None}))
    assert book.moment().erased == set()


def test_the_end_of_a_case_is_seen() -> None:
    started = InstanceStarted(definition="d", key="p", version=1, digest="0" * 64)
    assert Book().add(started).moment().definition == "d"
    completed = Book().add(started, InstanceCompleted()).moment()
    assert completed.state is InstanceState.COMPLETED
    cancelled = Book().add(started, InstanceCancelled(reason="keliru")).moment()
    assert cancelled.state is InstanceState.CANCELLED


def test_a_user_task_has_a_holder_while_somebody_has_it() -> None:
    book = Book().add(CREATED)

    def now() -> tuple[TaskState, str, str]:
        task = book.moment().tasks["k-2"]
        return task.state, task.holder, task.holder_name

    assert now() == (TaskState.CREATED, "", "")
    book.add(UserTaskClaimed(task="k-2"), by=BUDI)
    assert now() == (TaskState.CLAIMED, "p2", "Budi")
    book.add(UserTaskUnclaimed(task="k-2"), by=BUDI)
    assert now() == (TaskState.CREATED, "", "")
    book.add(UserTaskAssigned(task="k-2", to="p2", to_name="Budi"), by=LINA)
    assert now() == (TaskState.CLAIMED, "p2", "Budi")
    book.add(UserTaskCompleted(task="k-2", token=2, element="periksa"), by=BUDI)
    assert now()[0] is TaskState.COMPLETED
    assert book.moment().tasks["k-2"].signature == BUDI


def test_a_cancelled_user_task_tells_since_when() -> None:
    book = Book().add(CREATED).add(UserTaskCancelled(task="k-2"))
    task = book.moment().tasks["k-2"]
    assert (task.state, task.since) == (TaskState.CANCELLED, book.records[1].at)


def test_who_acted_holds_for_all_records_of_the_command() -> None:
    book = Book().add(CREATED)
    book.add(VariablesChanged(set={"x": "y"}), UserTaskClaimed(task="k-2"), by=BUDI)
    task = book.moment().tasks["k-2"]
    assert (task.holder, task.signature) == ("p2", BUDI)


def test_folding_goes_on_where_it_stopped() -> None:
    book = Book().add(CREATED).add(UserTaskClaimed(task="k-2"), by=BUDI)
    book.add(VariablesChanged(set={"x": "y"}))
    part = fold(book.records[:2], {})
    assert fold(book.records[2:], {}, part) == book.moment()
