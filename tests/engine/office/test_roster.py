"""Who holds what at a moment, and what follows from it."""

from __future__ import annotations

import dataclasses

import pytest
from roster_kit import DAY, NOW, POSTS, changed, holding, person, roster

from engine.actor import Acting
from engine.errors import NotFound
from engine.ids import LaneId, PersonId, PostId, UnitId
from engine.office import OfficeChange, PersonEntry, PostEntry, Roster, UnitEntry, mark

SEKRETARIS = PersonId("sekretaris")


def posts_of(found: Roster, login: str = "sekretaris", days: float = 0) -> list[str]:
    actor = found.find_actor(PersonId(login), NOW + days * DAY)
    return [] if actor is None else [post.title for post in actor.posts]


def test_a_post_counts_from_its_beginning_to_before_its_end() -> None:
    found = roster(holding("sekretaris", "staf", -1, 1))
    held = {days: posts_of(found, days=days) for days in (-1.1, -1, 0.9, 1)}
    assert held == {-1.1: [], -1: ["Staf"], 0.9: ["Staf"], 1: []}


def test_a_withdrawn_holding_never_counts() -> None:
    found = roster(holding("sekretaris", "staf", 3, 3))
    assert [posts_of(found, days=days) for days in (2, 3, 4)] == [[], [], []]
    assert found.holdings[0].is_withdrawn


def test_own_posts_come_before_those_stood_in_for_and_a_post_held_twice_counts_once() -> None:
    deputy = holding("sekretaris", "kepala", -1, 5, (Acting.PLH, "094/12"))
    own = holding("sekretaris", "sekretaris")
    twice = holding("sekretaris", "sekretaris", -2, 5, (Acting.PLT, "095"))
    assert posts_of(roster(deputy, twice, own)) == ["Sekretaris", "Plh. Kepala"]


def test_a_deputy_has_the_lanes_and_the_people_of_the_post() -> None:
    found = roster(
        holding("staf", "kepala", -1, 5, (Acting.PLH, "094/12")), holding("staf", "staf")
    )
    deputy = found.find_actor(PersonId("staf"), NOW)
    assert deputy is not None
    assert deputy.lanes == {"kepala", "petugas"}
    assert [post.id for post in deputy.led] == ["sekretaris"]
    assert deputy.posts[1].letter == "094/12"


def test_posts_answer_through_others_and_a_closed_one_cuts_them_off() -> None:
    head = roster().find_actor(PersonId("kepala"), NOW)
    assert head is not None
    assert [post.id for post in head.led] == ["sekretaris", "staf"]
    closed = PostEntry(post=POSTS[1], standing=1, closed_at=NOW)
    after = changed(roster(), OfficeChange(events=(), posts=(closed,)))
    head = after.find_actor(PersonId("kepala"), NOW)
    assert head is not None
    assert head.led == ()
    assert posts_of(after) == []


def test_a_leading_post_is_found_through_others() -> None:
    head = roster().find_actor(PersonId("kepala"), NOW)
    assert head is not None
    assert head.find_leading_post(LaneId("petugas")) == head.posts[0]
    assert head.find_leading_post(LaneId("kepala")) is None
    assert head.find_leading_post(LaneId("lain")) is None


def test_a_closed_account_is_nobody() -> None:
    closed = OfficeChange(events=(), persons=(person("sekretaris", closed_at=NOW),))
    after = changed(roster(), closed)
    assert after.find_actor(SEKRETARIS, NOW) is None
    assert after.list_holders(PostId("sekretaris"), NOW) == ()
    assert after.lanes_of(SEKRETARIS, NOW) == frozenset()


def test_the_definitive_holder_is_listed_before_the_deputy() -> None:
    deputy = holding("staf", "kepala", -9, 5, (Acting.PLH, "094/12"))
    found = roster(deputy, holding("kepala", "kepala", -3))
    assert [h.person for h in found.list_holders(PostId("kepala"), NOW)] == ["kepala", "staf"]


def test_what_is_not_there_is_not_found() -> None:
    for read in (
        lambda: roster().get_unit(UnitId("lain")),
        lambda: roster().get_post(PostId("lain")),
        lambda: roster().get_person(PersonId("lain")),
    ):
        with pytest.raises(NotFound):
            read()


@pytest.mark.parametrize(
    ("entry", "others"),
    [
        (UnitEntry(id=UnitId("u"), name="U"), {"name": "V"}),
        (UnitEntry(id=UnitId("u"), name="U"), {"closed_at": NOW}),
        (PostEntry(post=POSTS[2], standing=2), {"standing": 3}),
        (PostEntry(post=POSTS[2], standing=2), {"closed_at": NOW}),
        (
            PostEntry(post=POSTS[2], standing=2),
            {"post": dataclasses.replace(POSTS[2], lanes=frozenset())},
        ),
        (person("ani"), {"email": "ani@contoh.go.id"}),
        (person("ani"), {"roles": frozenset()}),
    ],
    ids=str,
)
def test_a_mark_changes_with_what_an_entry_says(
    entry: UnitEntry | PostEntry | PersonEntry, others: dict[str, object]
) -> None:
    assert mark(dataclasses.replace(entry, **others)) != mark(entry) == mark(entry)
