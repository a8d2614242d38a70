"""The list of cases: found by what people know of a case, counted as listed, with where each rests; by its indexes."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert, update
from storage_kit import (
    AGENCY,
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
from engine.clock import as_text
from engine.ids import InstanceId, LaneId, PersonId
from engine.store import InstanceState
from engine.testing import example_actor, example_post
from engine.user_task import TaskState
from storage.queries.cases import MOST_NAMES, Age, CaseWish, list_cases, list_processes
from storage.queries.linked import list_linked
from storage.store import SqlStore
from storage.tables import incidents

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.user_task import UserTask
    from storage.database import Database
    from storage.queries.cases import CaseList, CaseRow
    from storage.sqlite import SqliteDatabase

HEAD = example_actor("ani", example_post("kepala", "lane_kepala"))
OWNER = dataclasses.replace(example_actor("dedi"), roles=frozenset({Role.PROCESS_OWNER}))
OUTSIDE = example_actor("eko", example_post("lain", "lane_lain"))
JOIN = (
    b'{"v":1,"n":9,"w":[[5,6]],"s":[[0,null,"surat-1"],[6,0,""],[7,0,"lain-1"]],"t":['
    b'[3,0,"@Periksa",16,"",0,0,{}],[5,0,"@Sub",32,"",0,0,{}],[8,5,"@Dalam",16,"",6,0,{}],'
    b'[9,0,"@Gabung",16,"",7,0,{}],[10,0,"@Periksa [child]",16,"",0,4,{}],[4,0,"@Periksa",16,"",0,0,{}]]}'
)
WAITING = (
    b'{"v":1,"n":9,"w":[],"s":[[0,null,"surat-1"],[7,0,"lain-1"]],"t":['
    b'[5,0,"@Simpan",8,"",7,0,{"waits":{"Simpan":["work","oss",""]}}],'
    b'[3,0,"@Menunggu",8,"",0,0,{"waits":{"SK":["message","SK","7"],'
    b'"Batas":["timer","2026-03-02T01:00:00.123456Z","timeDuration","P60D",0,0]}}]]}'
)


@pytest.fixture
def office(database: Database) -> SqlStore:
    """Give a store with an office, two people and two processes."""
    return stocked(database)


def stocked(database: Database) -> SqlStore:
    """Set an office up."""
    store = SqlStore(database)
    set_up(store, registration("ani", "kepala"), registration("budi", "staf"))
    other = dataclasses.replace(definition(key="lain"), name="Lain", lanes=frozenset({LaneId("x")}))
    store.transact(lambda t: change_agency(t, definitions=(other,)))
    return store


def begin(store: SqlStore, ident: str, *tasks: UserTask, **fields: object) -> None:
    """Begin a case."""
    changes = started(*tasks, ident=ident, request=f"start-{ident}")
    case = dataclasses.replace(changes.instance, **fields)
    store.transact(lambda t: t.save(dataclasses.replace(changes, instance=case)))


def listed(database: Database, actor: Actor = HEAD, **wish: object) -> list[str]:
    """Give the ids that the list shows, whose count must agree."""
    found = look(database, actor, **wish)
    assert found.page.total == len(found.rows)
    return [row.case for row in found.rows]


def look(database: Database, actor: Actor = HEAD, **wish: object) -> CaseList:
    """Give a page of the list."""
    return database.read(lambda c: list_cases(c, actor, CaseWish(**wish)))


def only(database: Database, actor: Actor = HEAD) -> CaseRow:
    """Give the only case of the list."""
    (row,) = look(database, actor).rows
    return row


def test_cases_are_listed_newest_first_or_oldest_first(
    database: Database, office: SqlStore
) -> None:
    for name in ("a", "b", "c"):
        begin(office, name)
    assert listed(database) == ["c", "b", "a"]
    assert listed(database, age=Age.OLDEST) == ["a", "b", "c"]


def test_cases_are_filtered_by_state_and_process(database: Database, office: SqlStore) -> None:
    begin(office, "a")
    begin(office, "b", state=InstanceState.COMPLETED, ended_at=START)
    begin(office, "c", definition="lain-1", key="lain")
    assert listed(database, OWNER, state=InstanceState.RUNNING) == ["c", "a"]
    assert listed(database, OWNER, state=InstanceState.COMPLETED) == ["b"]
    assert listed(database, OWNER, process="lain") == ["c"]
    assert listed(database, OWNER, process="lain", state=InstanceState.COMPLETED) == []
    assert listed(database, HEAD) == ["b", "a"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("undangan",), ["a"]),
        (("UNDANGAN", "izin"), ["a"]),
        (("undangan", "tidak"), []),
        (("005/12",), ["b", "a"]),
        (("005/123",), ["a"]),
        (("K-77",), ["b"]),
        (("%",), ["b"]),
        (("_",), []),
        (("ani",), ["b"]),
        (("Ani", "diskon"), ["b"]),
        (("ani", "undangan"), []),
    ],
    ids=str,
)
def test_cases_are_found_by_number_subject_key_and_people(
    database: Database, office: SqlStore, words: tuple[str, ...], found: list[str]
) -> None:
    number = {"number": "005/123/2026", "business_key": ""}
    begin(office, "a", subject="Undangan sosialisasi izin", **number)
    held = task(2, case="b", state=TaskState.COMPLETED, holder=PersonId("ani"))
    begin(office, "b", held, subject="Diskon 10%", number="005/12", business_key="k-77")
    assert listed(database, OWNER, words=words) == found


def test_a_case_is_found_by_what_it_is_called_now(database: Database, office: SqlStore) -> None:
    begin(office, "a", subject="Undangan lama")
    case = office.transact(lambda t: t.get_instance(InstanceId("a")))
    renamed = advanced(dataclasses.replace(case, subject="Undangan baru"), "rename")
    office.transact(lambda t: t.save(renamed))
    assert listed(database, words=("lama",)) == []
    assert listed(database, words=("baru",)) == ["a"]


def test_a_very_long_subject_is_no_hindrance(database: Database, office: SqlStore) -> None:
    begin(office, "a", subject="kata " * 20_000)
    assert listed(database, words=("kata",)) == ["a"]


def test_only_the_cases_with_a_task_of_mine(database: Database, office: SqlStore) -> None:
    held = {"state": TaskState.CLAIMED, "holder": PersonId("ani")}
    done = {"state": TaskState.COMPLETED, "holder": PersonId("ani")}
    begin(office, "a", task(2, case="a", **held))
    begin(office, "b", task(2, case="b", **done))
    begin(office, "c", task(2, case="c"))
    assert listed(database, mine=True) == ["b", "a"]


def test_what_is_not_seen_is_not_found_nor_counted(database: Database, office: SqlStore) -> None:
    begin(office, "a", subject="Undangan", is_secret=True)
    begin(office, "b", subject="Undangan")
    assert listed(database, OWNER, words=("undangan",)) == ["b"]
    assert listed(database, OUTSIDE, words=("undangan",)) == []
    stranger = dataclasses.replace(OWNER, agency="other")
    assert listed(database, stranger, words=("undangan",)) == []


def test_every_token_of_a_case_says_who_has_it_or_that_it_waits(
    database: Database, office: SqlStore
) -> None:
    late = {"due_at": START - timedelta(days=1)}
    held = task(3, case="a", state=TaskState.CLAIMED, holder=PersonId("ani"), **late)
    begin(office, "a", held, task(10, case="a"), frontier=JOIN)
    row = only(database)
    assert [(p.task, p.element, p.definition, p.holder_name) for p in row.places] == [
        ("a-3", "Periksa", "surat-1", "Ani"),
        (None, "Dalam", "surat-1", ""),
        (None, "Gabung", "lain-1", ""),
        ("a-10", "Periksa", "surat-1", ""),
    ]
    assert row.is_late(START)
    assert not row.is_late(START - timedelta(days=2))


def test_what_a_case_waits_for_is_read_without_loading_it(
    database: Database, office: SqlStore
) -> None:
    begin(office, "a", frontier=WAITING)
    (waits, work) = (place.waits for place in only(database).places)
    assert [(w.kind, w.element, w.name, w.key, w.definition) for w in waits] == [
        ("message", "SK", "SK", "7", "surat-1"),
        ("timer", "Batas", "", "", "surat-1"),
    ]
    assert waits[1].due_at == START
    assert [(w.kind, w.element, w.name, w.definition) for w in work] == [
        ("work", "Simpan", "oss", "lain-1")
    ]
    assert not only(database).has_incident


def test_a_case_in_whose_way_something_stands_is_listed_as_such_until_it_is_over(
    database: Database, office: SqlStore
) -> None:
    begin(office, "a", task(3, case="a"))
    begin(office, "b", task(3, case="b"))
    values = {"id": "i", "agency_id": AGENCY, "instance_id": "a", "definition_id": "surat-1"}
    values |= {"element": "Kirim", "token": 3, "job_id": None, "code": "mail_refused"}
    values |= {"told": "", "raised_at": as_text(START), "resolved_at": None}
    database.write(lambda c: c.execute(insert(incidents), [values]).close())
    assert [(row.case, row.has_incident) for row in look(database).rows] == [
        ("b", False),
        ("a", True),
    ]
    over = update(incidents).values(resolved_at=as_text(START))
    database.write(lambda c: c.execute(over).close())
    assert not any(row.has_incident for row in look(database).rows)


def test_a_frontier_of_another_version_hides_nothing_else(
    database: Database, office: SqlStore
) -> None:
    begin(office, "a", task(3, case="a"), frontier=b'{"v":99}')
    assert [place.task for place in only(database).places] == ["a-3"]


def test_more_cases_than_are_counted_are_said_to_be_more(
    database: Database, office: SqlStore
) -> None:
    for name in ("a", "b", "c"):
        begin(office, name)

    def counted(most: int) -> tuple[int, bool]:
        found = database.read(lambda c: list_cases(c, HEAD, CaseWish(), most=most))
        return found.page.total, found.has_more

    assert counted(2) == (2, True)
    assert counted(3) == (3, False)


def test_a_word_that_fits_many_names_is_not_looked_for_in_names(
    database: Database, office: SqlStore
) -> None:
    done = task(2, case="a", state=TaskState.COMPLETED, holder=PersonId("ani"))
    begin(office, "a", done, subject="Surat")
    assert listed(database, words=("ani",)) == ["a"]
    namesakes = [registration(f"ani{n}", "staf") for n in range(MOST_NAMES)]
    office.transact(lambda t: change_agency(t, registrations=tuple(namesakes)))
    assert listed(database, words=("ani",)) == []


def test_the_processes_to_choose_from_are_those_whose_cases_are_seen(
    database: Database, office: SqlStore
) -> None:
    newer = dataclasses.replace(definition(2), name="Surat Keluar Baru")
    office.transact(lambda t: change_agency(t, definitions=(newer,)))

    def choices(actor: Actor) -> list[str]:
        return [p.name for p in database.read(lambda c: list_processes(c, actor))]

    assert choices(HEAD) == ["Surat Keluar Baru"]
    assert choices(OWNER) == ["Lain", "Surat Keluar Baru"]
    assert choices(OUTSIDE) == []


def test_cases_next_to_a_case_are_given_as_far_as_they_are_seen(
    database: Database, office: SqlStore
) -> None:
    begin(office, "a")
    begin(office, "b", task(2, case="b"), parent=InstanceId("a"))
    begin(office, "c", parent=InstanceId("a"), is_secret=True)
    begin(office, "d", parent=InstanceId("b"))

    def linked(case: str, actor: Actor = OWNER) -> tuple[str | None, list[str]]:
        found = database.read(lambda c: list_linked(c, actor, InstanceId(case)))
        assert bool(found) == bool(found.parent or found.children)
        return found.parent.case if found.parent else None, [row.case for row in found.children]

    assert linked("a") == (None, ["b"])
    assert linked("b") == ("a", ["d"])
    assert linked("d", OUTSIDE) == (None, [])


@pytest.mark.parametrize(
    ("wish", "index"),
    [
        (CaseWish(), "ix_instances_list"),
        (CaseWish(state=InstanceState.RUNNING), "ix_instances_list"),
        (CaseWish(age=Age.OLDEST), "ix_instances_list"),
        (CaseWish(process="surat"), "ix_instances_"),
        (CaseWish(mine=True), "ix_user_tasks_done"),
    ],
    ids=str,
)
def test_the_list_is_a_walk_along_an_index(
    sqlite: SqliteDatabase, wish: CaseWish, index: str
) -> None:
    stocked(sqlite)
    walk = plan(sqlite, wish)
    assert index in walk, walk
    assert "SCAN instances\n" not in walk
    assert "TEMP B-TREE FOR ORDER BY" not in walk or wish.mine


def test_a_search_reads_titles_and_no_whole_cases(sqlite: SqliteDatabase) -> None:
    stocked(sqlite)
    walk = plan(sqlite, CaseWish(words=("undangan", "ani")))
    assert "SEARCH case_titles USING PRIMARY KEY" in walk, walk
    assert "SCAN instances" not in walk


def plan(database: SqliteDatabase, wish: CaseWish) -> str:
    """Give how the one walk of the list is made."""

    def work(connection: Connection) -> str:
        told: list[tuple[str, object]] = []

        def note(*arguments: object) -> None:
            told.append((str(arguments[2]), arguments[3]))

        event.listen(connection, "before_cursor_execute", note)
        list_cases(connection, HEAD, wish)
        event.remove(connection, "before_cursor_execute", note)
        ((sql, values),) = [each for each in told if "definition_lanes" in each[0]]
        return _plan(connection, sql, values)

    assert AGENCY
    return database.read(work)


def _plan(connection: Connection, sql: str, values: object) -> str:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    return "\n".join(row[3] for row in rows) + "\n"
