"""*Tim saya*: work by post and person, whose figures are those of the lists behind them, and what nobody can do."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from inbox_kit import NOW, begin, held_by, plan_of, told
from sqlalchemy import update
from storage_kit import AGENCY, START, change_agency, definition, registration, task

from engine.actor import Agency, Post, Role, Unit
from engine.ids import LaneId, PostId, UnitId
from engine.store import Office
from engine.testing import example_actor
from storage.queries.desk_of_head import Focus, find_overview, list_team_tasks
from storage.queries.standing import list_eligible
from storage.queries.task_rows import rows_of
from storage.queries.wish import NOBODY, Wish
from storage.store import SqlStore
from storage.tables import holdings, persons

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor
    from storage.database import Database
    from storage.queries.desk_of_head import Overview, TeamList

LATE = START - timedelta(days=2)


def post(name: str, unit: str, superior: str | None, *lanes: str) -> Post:
    return Post(
        id=PostId(name),
        name=name.title(),
        unit=UnitId(unit),
        lanes=frozenset(map(LaneId, lanes)),
        superior=None if superior is None else PostId(superior),
    )


KADIN = post("kadin", "pimpinan", None, "lane_kepala")
KABID = post("kabid", "koperasi", "kadin", "lane_staf")
STAF_KOP = post("staf_kop", "koperasi", "kabid", "lane_staf")
STAF_MIK = post("staf_mik", "mikro", "kadin", "lane_staf")
KOSONG = post("kosong", "umum", "kadin", "lane_kosong")
POSTS = (KADIN, KABID, STAF_KOP, STAF_MIK, KOSONG)

HEAD = dataclasses.replace(example_actor("budi", KABID), led=(STAF_KOP,))
CHIEF = dataclasses.replace(example_actor("ani", KADIN), led=POSTS[1:])
OWNER = dataclasses.replace(example_actor("owner"), roles=frozenset({Role.PROCESS_OWNER}))


@pytest.fixture
def store(database: Database) -> SqlStore:
    """Give an office: Ani leads all, Budi the bidang koperasi with Cici and Dewi in it; Eko is in the other bidang."""
    store = SqlStore(database)
    office = Office(
        agency=Agency(id=AGENCY, name="Dinas", zone="Asia/Jakarta"),
        units=tuple(Unit(id=UnitId(u), name=u) for u in ("pimpinan", "koperasi", "mikro", "umum")),
        posts=POSTS,
    )
    store.transact(lambda tx: tx.save_office(office))
    people = (
        registration("ani", "kadin"),
        registration("budi", "kabid"),
        registration("cici", "staf_kop"),
        registration("dewi", "staf_kop"),
        registration("eko", "staf_mik"),
    )

    store.transact(lambda tx: change_agency(tx, registrations=people, definitions=(definition(),)))
    return store


def lay(store: SqlStore, name: str, **fields: object) -> None:
    """Lay one task of the staff's lane on a desk."""
    begin(store, task(1, case=name, **{"lane": LaneId("lane_staf"), **fields}), ident=name)


def many(store: SqlStore) -> None:
    """Lay tasks on the desks of both bidang."""
    lay(store, "a", due_at=LATE, created_at=LATE)
    lay(store, "b", candidate_groups=("koperasi",))
    lay(store, "c", candidate_groups=("mikro",))
    lay(store, "d", **held_by("cici", due_at=LATE))
    lay(store, "e", **held_by("dewi"))
    lay(store, "f", **held_by("eko", due_at=LATE))
    lay(store, "g", candidate_persons=("dewi",))


def overview(database: Database, actor: Actor) -> Overview:
    return database.read(lambda c: find_overview(c, actor, NOW))


def listed(
    database: Database, actor: Actor, focus: Focus | None = None, **wish: object
) -> TeamList:
    found = database.read(lambda c: list_team_tasks(c, actor, focus or Focus(), Wish(**wish), NOW))
    assert found.page.total == len(found.rows) == sum(found.tally.groups.values())
    return found


def cases(found: TeamList) -> str:
    return "".join(sorted(row.case for row in found.rows))


def test_a_head_sees_what_lies_before_those_who_answer_to_the_head(
    database: Database, store: SqlStore
) -> None:
    many(store)
    found = overview(database, HEAD)
    (line,) = found.posts
    assert (line.load.count, line.load.late, line.load.oldest) == (5, 2, LATE)
    assert (line.free.count, line.free.late) == (3, 1)
    assert [(p.name, p.load.count, p.load.late) for p in line.holders] == [
        ("Cici", 1, 1),
        ("Dewi", 1, 0),
    ]
    assert found.total.count == 5
    assert cases(listed(database, HEAD)) == "abdeg"


@pytest.mark.parametrize("actor", [HEAD, CHIEF, OWNER], ids=lambda a: a.login)
def test_every_figure_is_the_length_of_the_list_behind_it(
    database: Database, store: SqlStore, actor: Actor
) -> None:
    many(store)
    lay(store, "h", lane=LaneId("lane_kosong"))
    lay(store, "i", **held_by("ani", due_at=LATE))
    found = overview(database, actor)
    assert found.posts
    for line in found.posts:
        focus = Focus(post=line.post.id)
        assert listed(database, actor, focus).page.total == line.load.count
        free = listed(database, actor, focus, holder=NOBODY)
        assert free.page.total == line.free.count
        for person in line.holders:
            held = listed(database, actor, focus, holder=person.person)
            assert held.page.total == person.load.count
            late = [row for row in held.rows if row.due_at == LATE]
            assert len(late) == person.load.late
    assert listed(database, actor).page.total == found.total.count
    unowned = listed(database, actor, Focus(unowned=True))
    assert unowned.page.total == found.unowned.count


def test_what_nobody_can_do_is_told(database: Database, store: SqlStore) -> None:
    lay(store, "a")
    lay(store, "b", lane=LaneId("lane_kosong"))  # a post that nobody holds
    lay(
        store, "c", candidate_groups=("kosong",)
    )  # narrowed to a post that doesn't stand for the lane
    lay(store, "d", lane=LaneId("lane_asing"))  # a lane of no post at all
    lay(store, "e", **held_by("ani"))  # with somebody whose post doesn't stand for the lane
    lay(store, "f", **held_by("cici"))
    unowned = Focus(unowned=True)
    assert cases(listed(database, OWNER, unowned)) == "bcde"
    assert cases(listed(database, CHIEF, unowned)) == "bce"
    assert cases(listed(database, HEAD, unowned)) == "ce"
    assert cases(listed(database, OWNER)) == "abcdef"


def test_a_task_is_unowned_from_the_moment_its_holder_leaves_and_until_somebody_comes(
    database: Database, store: SqlStore
) -> None:
    lay(store, "a", **held_by("cici"))
    assert overview(database, HEAD).unowned.count == 0
    ended = update(holdings).where(holdings.c.person_id == "cici").values(held_to=NOW.now)
    database.write(lambda c: c.execute(ended).close())
    found = overview(database, HEAD)
    assert found.unowned.count == found.total.count == 1
    closed = (
        update(persons).where(persons.c.id.in_(["budi", "dewi", "eko"])).values(closed_at=NOW.now)
    )
    lay(store, "b")
    database.write(lambda c: c.execute(closed).close())
    assert cases(listed(database, CHIEF, Focus(unowned=True))) == "ab"


def test_a_head_sees_no_secret_of_others_and_an_overseer_none_at_all(
    database: Database, store: SqlStore
) -> None:
    begin(
        store,
        task(1, case="s", lane=LaneId("lane_staf"), **held_by("cici")),
        ident="s",
        is_secret=True,
    )
    begin(
        store,
        task(1, case="t", lane=LaneId("lane_staf"), **held_by("eko")),
        ident="t",
        is_secret=True,
    )
    assert cases(listed(database, HEAD)) == "s"
    assert cases(listed(database, CHIEF)) == "st"
    assert cases(listed(database, OWNER)) == ""
    assert overview(database, OWNER).total.count == 0


def test_a_post_of_others_has_no_list(database: Database, store: SqlStore) -> None:
    many(store)
    for name in ("staf_mik", "kadin", "tidak_ada"):
        assert cases(listed(database, HEAD, Focus(post=PostId(name)))) == ""


def test_the_eligible_are_those_who_stand_for_the_lane_now_deputies_too(
    database: Database, store: SqlStore
) -> None:
    many(store)
    deputy = holdings.insert().values(
        person_id="ani",
        agency_id=AGENCY,
        post_id="staf_mik",
        held_from=NOW.now,
        acting="plh",
        letter="800/1",
    )
    database.write(lambda c: c.execute(deputy).close())

    def eligible(*names: str) -> list[tuple[str, tuple[str, ...], int]]:
        def work(connection: Connection) -> list[tuple[str, tuple[str, ...], int]]:
            rows = rows_of(connection, OWNER, [f"{name}-1" for name in names])
            found = list_eligible(connection, AGENCY, rows, START)
            return [(each.name, each.titles, each.count) for each in found]

        return database.read(work)

    assert [name for name, _, _ in eligible("a")] == ["Ani", "Budi", "Cici", "Dewi", "Eko"]
    assert [name for name, _, _ in eligible("b")] == ["Budi", "Cici", "Dewi"]
    assert [name for name, _, _ in eligible("g")] == ["Dewi"]
    assert eligible("c") == [("Ani", ("Plh. Staf_Mik",), 1), ("Eko", ("Staf_Mik",), 1)]
    assert eligible("a", "g")[0] == ("Dewi", ("Staf_Kop",), 2)


def test_the_heads_list_of_a_post_is_read_along_the_index_of_open_tasks(
    database: Database, store: SqlStore
) -> None:
    many(store)

    def plans(connection: Connection) -> list[str]:
        focus = Focus(post=STAF_KOP.id)
        act = lambda: list_team_tasks(connection, HEAD, focus, Wish(), NOW)  # noqa: E731
        return [plan_of(connection, *one) for one in told(connection, act)]

    about_tasks = [plan for plan in database.read(plans) if "user_tasks" in plan]
    assert len(about_tasks) == 3
    for plan in about_tasks:
        assert "ix_user_tasks_open" in plan
        assert "SCAN user_tasks" not in plan
        assert "Seq Scan on user_tasks" not in plan
