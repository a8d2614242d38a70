"""The inbox: its groups, figures that agree with the lists, search, filters, orders, and what it costs."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from inbox_kit import (
    ANI,
    BOTH,
    BUDI,
    CICI,
    DUES,
    NOW,
    ZONE,
    begin,
    done_by,
    held_by,
    ids,
    inbox,
    office,
    spread,
)
from storage_kit import START, advanced, task

from engine.actor import Role
from engine.ids import DefinitionId, InstanceId, LaneId
from engine.testing import example_actor, example_post
from storage.queries.deadlines import Deadlines, DueGroup
from storage.queries.inbox import Desk, count_mine
from storage.queries.wish import NOBODY, Order

if TYPE_CHECKING:
    from storage.database import Database
    from storage.store import SqlStore


@pytest.fixture
def store(database: Database) -> SqlStore:
    """Give a store with the office."""
    return office(database)


# groups


def test_the_groups_stand_in_order_and_their_figures_hold_on_every_page(
    database: Database, store: SqlStore
) -> None:
    spread(store, 25)
    pages = [inbox(database, ANI, Desk.FREE, page=number) for number in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [50, 50, 25]
    seen = [row for page in pages for row in page.rows]
    assert len({row.task for row in seen}) == 125
    places = [list(DueGroup).index(NOW.group_of(row.due_at)) for row in seen]
    assert places == sorted(places)
    for page in pages:
        assert page.tally.groups == dict.fromkeys(DueGroup, 25)
        assert page.page.total == page.counts[Desk.FREE] == 125


# what a desk is


def test_what_a_colleague_took_stays_to_be_seen_but_not_on_the_own_desk_twice(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1), task(2, **held_by("budi")), task(3, **held_by("ani")))
    free = inbox(database, ANI, Desk.FREE)
    assert ids(free) == ["case-1", "case-2"]
    assert [row.holder_name for row in free.rows] == ["", "Budi"]
    assert ids(inbox(database, ANI, Desk.MINE)) == ["case-3"]


def test_what_a_colleague_holds_of_a_secret_case_is_not_shown(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1), task(2, **held_by("budi")), is_secret=True)
    assert ids(inbox(database, ANI, Desk.FREE)) == ["case-1"]


def test_a_case_that_turns_secret_tells_its_tasks_and_one_that_turns_back_too(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1, **held_by("budi")))
    for number, is_secret in enumerate((True, False)):
        case = store.transact(lambda tx: tx.get_instance(InstanceId("case")))
        changes = advanced(case, f"turn-{number}")
        turned = dataclasses.replace(changes.instance, is_secret=is_secret)
        store.transact(lambda tx, c=changes, t=turned: tx.save(dataclasses.replace(c, instance=t)))
        assert len(ids(inbox(database, ANI, Desk.FREE))) == (0 if is_secret else 1)


@pytest.mark.parametrize(
    ("narrowing", "for_ani", "for_budi"),
    [
        ({}, True, True),
        ({"candidate_groups": ("kepala",)}, True, False),
        ({"candidate_groups": ("bidang",)}, False, True),
        ({"candidate_groups": ("kepala", "bidang")}, True, True),
        ({"candidate_groups": ("staf", "bidang")}, False, True),
        ({"candidate_persons": ("ani",)}, True, False),
        ({"candidate_groups": ("bidang",), "candidate_persons": ("ani",)}, True, True),
        ({"candidate_groups": ("umum",), "candidate_persons": ("budi",)}, True, True),
    ],
    ids=str,
)
def test_a_narrowed_task_lies_only_before_those_whom_it_names_whoever_has_it(
    database: Database,
    store: SqlStore,
    narrowing: dict[str, tuple[str, ...]],
    for_ani: bool,  # noqa: FBT001 - a table of expectations
    for_budi: bool,  # noqa: FBT001
) -> None:
    begin(store, task(1, **narrowing), task(2, **narrowing, **held_by("cici")))
    assert len(ids(inbox(database, ANI, Desk.FREE))) == 2 * for_ani
    assert len(ids(inbox(database, BUDI, Desk.FREE))) == 2 * for_budi


def test_a_task_of_a_lost_lane_is_on_nobodys_own_desk(database: Database, store: SqlStore) -> None:
    begin(store, task(1, **held_by("cici")))
    assert ids(inbox(database, CICI, Desk.MINE)) == []
    assert ids(inbox(database, ANI, Desk.FREE)) == ["case-1"]


def test_who_has_no_post_has_empty_desks(database: Database, store: SqlStore) -> None:
    begin(store, task(1), task(2, **held_by("nobody")))
    nobody = example_actor("nobody")
    for desk in Desk:
        found = inbox(database, nobody, desk)
        assert (ids(found), found.counts) == ([], dict.fromkeys(Desk, 0))


def test_what_was_done_is_told_newest_first_as_long_as_the_case_may_be_seen(
    database: Database, store: SqlStore
) -> None:
    times = [START + timedelta(hours=hours) for hours in (2, 3, 1)]
    tasks = [task(n, **done_by("ani", changed_at=at_)) for n, at_ in enumerate(times, 1)]
    begin(store, *tasks)
    assert ids(inbox(database, ANI, Desk.DONE)) == ["case-2", "case-1", "case-3"]
    oldest = inbox(database, ANI, Desk.DONE, order=Order.OLDEST)
    assert ids(oldest) == ["case-3", "case-1", "case-2"]
    moved = dataclasses.replace(ANI, posts=(example_post("lain", "lain"),))
    assert ids(inbox(database, moved, Desk.DONE)) == []
    leading = dataclasses.replace(moved, led=(example_post("kepala", "lane_kepala"),))
    assert len(ids(inbox(database, leading, Desk.DONE))) == 3
    overseer = dataclasses.replace(moved, roles=frozenset({Role.PROCESS_OWNER}))
    assert len(ids(inbox(database, overseer, Desk.DONE))) == 3


# put aside


def test_what_is_put_aside_vanishes_until_its_day_and_one_switch_shows_it(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1, **held_by("ani")), task(2, **held_by("ani", follow_up="2026-03-04")))
    today = inbox(database, ANI, Desk.MINE)
    assert (ids(today), today.tally.deferred, today.counts[Desk.MINE]) == (["case-1"], 1, 1)
    shown = inbox(database, ANI, Desk.MINE, with_deferred=True)
    assert (ids(shown), shown.page.total) == (["case-1", "case-2"], 2)
    assert shown.counts[Desk.MINE] == 1
    for days, there in ((1, 1), (2, 2), (3, 2)):
        later = Deadlines.seen_at(START + timedelta(days=days), ZONE)
        found = inbox(database, ANI, Desk.MINE, later)
        assert len(found.rows) == there
        assert database.read(lambda c, d=later: count_mine(c, ANI, d)) == there


def test_a_colleague_sees_a_task_that_its_holder_put_aside(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1, **held_by("budi", follow_up="2026-03-04")))
    assert ids(inbox(database, ANI, Desk.FREE)) == ["case-1"]


# search, filters, orders


def found_with(database: Database, *words: str, desk: Desk = Desk.FREE) -> list[str]:
    found = inbox(database, ANI, desk, words=words)
    assert found.page.total == len(found.rows)
    return ids(found)


def test_a_word_is_found_in_number_subject_sender_and_holder(
    database: Database, store: SqlStore
) -> None:
    begin(
        store, task(1, case="a"), ident="a", number="005/119/2026", subject="Permohonan narasumber"
    )
    begin(
        store,
        task(1, case="b", sender="Dewi", sender_post="Staf Bidang Koperasi"),
        ident="b",
        subject="",
        number="",
    )
    begin(store, task(1, case="c", **held_by("budi")), ident="c", subject="", number="")
    for words, expected in (
        (("119",), ["a-1"]),
        (("NARASUMBER",), ["a-1"]),
        (("koperasi",), ["b-1"]),
        (("dewi",), ["b-1"]),
        (("bud",), ["c-1"]),
        (("permohonan", "2026"), ["a-1"]),
        (("permohonan", "koperasi"), []),
    ):
        assert found_with(database, *words) == expected, words


def test_signs_that_a_database_has_a_meaning_for_are_only_signs(
    database: Database, store: SqlStore
) -> None:
    begin(store, task(1), subject="Diskon 50%", number="A_1/B")
    begin(store, task(1, case="b"), ident="b", subject="Diskon 500", number="AX1/B")
    assert found_with(database, "50%") == ["case-1"]
    assert found_with(database, "A_1") == ["case-1"]
    assert found_with(database, "A_1/B") == ["case-1"]
    assert found_with(database, "'; --") == []
    assert len(found_with(database, "diskon")) == 2


def test_the_own_name_finds_nothing_on_the_own_desk(database: Database, store: SqlStore) -> None:
    begin(store, task(1, **held_by("ani")), subject="", number="")
    assert found_with(database, "ani", desk=Desk.MINE) == []


def mixed(store: SqlStore) -> None:
    """Lay tasks of two processes, lanes and holders in several groups of deadlines on the desk of an actor with two lanes."""
    lanes = ("lane_kepala", "lane_staf")
    versions = ("surat-1", "surat-2", "cuti-1")
    holders = ({}, held_by("budi"), held_by("cici"))
    for number in range(36):
        ident = f"m{number:02}"
        fields = {
            "lane": LaneId(lanes[number % 2]),
            "due_at": list(DUES.values())[number % 5],
            **holders[number % 3],
        }
        version = versions[number % 7 % 3]
        begin(
            store,
            task(1, case=ident, **fields),
            ident=ident,
            definition=DefinitionId(version),
            key=version[:-2],
            subject=f"Perihal {'genap' if number % 4 else 'ganjil'}",
        )


FILTERS = ("process", "lane", "holder", "due")


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"process": "surat"},
        {"holder": NOBODY},
        {"lane": "lane_staf", "due": DueGroup.LATE},
        {"words": ("genap",)},
        {"words": ("genap",), "process": "cuti"},
    ],
    ids=str,
)
def test_every_choice_of_a_filter_says_how_many_the_list_will_have(
    database: Database, store: SqlStore, before: dict[str, object]
) -> None:
    mixed(store)
    found = inbox(database, BOTH, Desk.FREE, **before)
    offered = {
        "process": found.tally.processes,
        "lane": found.tally.lanes,
        "holder": found.tally.holders,
        "due": found.tally.dues,
    }
    for name in FILTERS:
        assert offered[name]
        for choice in offered[name]:
            value = DueGroup(choice.value) if name == "due" else choice.value
            narrowed = inbox(database, BOTH, Desk.FREE, **{**before, name: value})
            assert len(narrowed.rows) == narrowed.page.total == choice.count > 0, (name, choice)
            assert sum(narrowed.tally.groups.values()) == choice.count
            assert narrowed.counts[Desk.FREE] == 36


def test_the_versions_of_a_process_are_one_choice(database: Database, store: SqlStore) -> None:
    mixed(store)
    choices = inbox(database, BOTH, Desk.FREE).tally.processes
    assert [(choice.value, choice.name) for choice in choices] == [
        ("cuti", "Cuti"),
        ("surat", "Surat keluar"),
    ]


def test_a_list_is_put_into_the_order_that_is_asked_for(
    database: Database, store: SqlStore
) -> None:
    rows = (
        ("a", "Undangan", "surat-1", 2, 5),
        ("b", "", "cuti-1", 3, 1),
        ("c", "anggaran", "surat-1", 1, None),
        ("d", "Bantuan", "cuti-1", 4, 3),
    )
    for ident, subject, version, created, due in rows:
        begin(
            store,
            task(
                1,
                case=ident,
                created_at=START + timedelta(minutes=created),
                due_at=None if due is None else START + timedelta(days=due),
            ),
            ident=ident,
            subject=subject,
            definition=DefinitionId(version),
        )
    expected = {
        Order.DUE: "bdac",
        Order.NEWEST: "dbac",
        Order.OLDEST: "cabd",
        Order.SUBJECT: "cdab",
        Order.PROCESS: "bdac",
    }
    for order, letters in expected.items():
        found = inbox(database, ANI, Desk.FREE, order=order)
        assert "".join(row.case for row in found.rows) == letters, order


def test_lanes_are_merged_in_one_order_on_every_page(database: Database, store: SqlStore) -> None:
    for number in range(120):
        ident = f"n{number:03}"
        lane = LaneId("lane_kepala" if number % 3 else "lane_staf")
        due = START + timedelta(minutes=(number * 37) % 120)
        begin(store, task(1, case=ident, lane=lane, due_at=due), ident=ident)
    for order in Order:
        pages = [inbox(database, BOTH, Desk.FREE, order=order, page=n) for n in (1, 2, 3)]
        seen = [row for page in pages for row in page.rows]
        assert len({row.task for row in seen}) == 120, order
        if order is Order.DUE:
            assert [row.due_at for row in seen] == sorted(row.due_at for row in seen)


# rounds


def test_a_step_that_was_finished_before_the_task_came_is_told_as_a_round(
    database: Database, store: SqlStore
) -> None:
    before, after = START - timedelta(hours=1), START + timedelta(hours=1)
    begin(
        store,
        task(1, **done_by("ani", changed_at=before)),
        task(2, **done_by("ani", changed_at=START)),
        task(3, **done_by("ani", changed_at=after), element="Lain"),
        task(4),  # in parallel with the next
        task(5, **done_by("ani", changed_at=after)),
    )
    (row,) = inbox(database, ANI, Desk.FREE).rows
    assert (row.task, row.rounds) == ("case-4", 2)
