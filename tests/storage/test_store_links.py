"""What every store promises of cases that hang together, and of a chain read by a command."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from storage_kit import AGENCY_CHAIN, CASE, CASE_CHAIN, advanced, set_up, started, task

from engine.chain import PersonalValue
from engine.errors import NotFound
from engine.ids import InstanceId

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.store import Changes, Transaction


def under(parent: str, ident: str, request: str | None = None) -> Changes:
    """Give the changes that begin a case under another one; its history carries no request."""
    begun = started(task(1, ident), request=request or ident, ident=ident)
    instance = dataclasses.replace(begun.instance, parent=InstanceId(parent))
    records = tuple(dataclasses.replace(record, request=None) for record in begun.records)
    return dataclasses.replace(begun, instance=instance, records=records)


def test_a_case_and_those_that_it_begins_are_written_together(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started(task(1))))

    def work(transaction: Transaction) -> None:
        transaction.save(advanced(transaction.get_instance(CASE), "next"))
        for ident in ("first", "second"):
            transaction.save(under(CASE, ident))

    backend.store.transact(work)
    for ident in ("first", "second"):
        found = backend.store.transact(lambda t, ident=ident: t.get_instance(InstanceId(ident)))
        assert found.parent == CASE
        tasks = backend.store.transact(lambda t, ident=ident: t.list_open_tasks(InstanceId(ident)))
        assert len(tasks) == 1


def test_of_a_case_and_those_that_it_begins_nothing_is_left_when_one_fails(
    backend: Backend,
) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))

    def work(transaction: Transaction) -> None:
        transaction.save(advanced(transaction.get_instance(CASE), "next"))
        transaction.save(under(CASE, "first"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        backend.store.transact(work)
    with pytest.raises(NotFound):
        backend.store.transact(lambda t: t.get_instance(InstanceId("first")))
    assert backend.store.transact(lambda t: t.get_instance(CASE)).revision == 1


def test_the_cases_above_a_case_are_counted(backend: Backend) -> None:
    set_up(backend.store)
    line = [started(), under(CASE, "a"), under("a", "b"), under("b", "c"), under("a", "d")]
    for changes in line:
        backend.store.transact(lambda t, changes=changes: t.save(changes))
    counted = {
        ident: backend.store.transact(lambda t, ident=ident: t.count_ancestors(InstanceId(ident)))
        for ident in (CASE, "a", "b", "c", "d")
    }
    assert counted == {CASE: 0, "a": 1, "b": 2, "c": 3, "d": 2}


def test_a_command_reads_a_chain_from_where_it_wants(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))
    for number in range(3):
        backend.store.transact(
            lambda t, number=number: t.save(advanced(t.get_instance(CASE), f"r{number}"))
        )
    records = backend.records(CASE_CHAIN)
    assert backend.store.transact(lambda t: t.list_records(CASE_CHAIN)) == records
    assert backend.store.transact(lambda t: t.list_records(CASE_CHAIN, 3)) == records[3:]
    assert backend.store.transact(lambda t: t.list_records(CASE_CHAIN, len(records))) == ()
    assert backend.store.transact(lambda t: t.list_records(AGENCY_CHAIN)) != ()


def test_a_command_reads_a_chain_of_more_than_a_page(backend: Backend) -> None:
    set_up(backend.store)
    backend.store.transact(lambda t: t.save(started()))

    def grow(transaction: Transaction) -> None:
        for number in range(600):
            transaction.save(advanced(transaction.get_instance(CASE), f"r{number}"))

    backend.store.transact(grow)
    found = backend.store.transact(lambda t: t.list_records(CASE_CHAIN))
    assert [record.seq for record in found] == list(range(1, 603))


def test_a_command_reads_the_personal_values_of_a_chain(backend: Backend) -> None:
    set_up(backend.store)
    value = PersonalValue(chain=CASE_CHAIN, seq=2, key="nik", salt=b"salt", value=b'"3514"')
    backend.store.transact(lambda t: t.save(dataclasses.replace(started(), personal=(value,))))
    assert backend.store.transact(lambda t: t.list_personal(CASE_CHAIN)) == {(2, "nik"): b'"3514"'}
