"""Units and posts: added, changed, closed, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest
from roster_kit import NOW, POSTS, changed, holding, post, roster

from engine.actor import Post, Unit
from engine.errors import CommandRejected, Conflict
from engine.history import PostClosed, PostSaved, UnitClosed, UnitSaved
from engine.ids import LaneId, PostId, UnitId
from engine.office import OfficeChange, Roster, mark
from engine.office.structure import close_post, close_unit, save_post, save_unit

ARSIP = post("arsip", "arsip")


def unit(ident: str = "bidang", name: str = "Bidang") -> Unit:
    return Unit(id=UnitId(ident), name=name)


def refusal(act: object, *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a change that must be refused."""
    assert callable(act)
    with pytest.raises(CommandRejected) as refused:
        act(*arguments, **named)
    return refused.value


def seen(found: Roster, ident: str) -> int:
    return mark(found.posts[PostId(ident)])


def test_a_unit_is_added_renamed_closed_and_opened_again() -> None:
    added = save_unit(roster(), unit(name="  Bidang  Koperasi "), seen=None)
    assert added.events == (UnitSaved(unit="bidang", name="Bidang Koperasi"),)
    found = changed(roster(), added)
    entry = found.get_unit(UnitId("bidang"))
    renamed = save_unit(found, unit(name="Bidang Usaha"), seen=mark(entry))
    assert changed(found, renamed).get_unit(UnitId("bidang")).name == "Bidang Usaha"
    closed = close_unit(found, UnitId("bidang"), NOW)
    assert closed.events == (UnitClosed(unit="bidang", name="Bidang Koperasi"),)
    shut = changed(found, closed)
    again = save_unit(shut, unit(), seen=mark(shut.get_unit(UnitId("bidang"))))
    assert changed(shut, again).get_unit(UnitId("bidang")).closed_at is None


def test_saving_what_is_there_already_changes_nothing() -> None:
    found = roster()
    entry = found.get_unit(UnitId("sekretariat"))
    same = save_unit(found, unit("sekretariat", "Sekretariat"), seen=mark(entry))
    nothing = OfficeChange(events=())
    assert same == nothing
    assert save_post(found, POSTS[2], 2, seen=seen(found, "staf")) == nothing
    shut = changed(found, save_unit(found, unit(), seen=None))
    shut = changed(shut, close_unit(shut, UnitId("bidang"), NOW))
    assert close_unit(shut, UnitId("bidang"), NOW) == nothing


def test_a_code_is_taken_once_by_unit_or_post() -> None:
    for taken in ("sekretariat", "staf"):
        error = refusal(save_unit, roster(), unit(taken), seen=None)
        assert (type(error), error.code) == (Conflict, "code_taken")
        again = dataclasses.replace(ARSIP, id=PostId(taken))
        assert refusal(save_post, roster(), again, 5, seen=None).code == "code_taken"


def test_what_was_changed_meanwhile_is_not_written_over() -> None:
    found = roster()
    entry = mark(found.get_unit(UnitId("sekretariat")))
    later = changed(found, save_unit(found, unit("sekretariat", "Sekretariat Dinas"), seen=entry))
    error = refusal(save_unit, later, unit("sekretariat", "Setda"), seen=entry)
    assert (type(error), error.code) == (Conflict, "office_changed")
    moved = changed(found, save_post(found, POSTS[2], 9, seen=seen(found, "staf")))
    error = refusal(save_post, moved, POSTS[2], 3, seen=seen(found, "staf"))
    assert error.code == "office_changed"


def test_a_unit_with_posts_stays_open() -> None:
    error = refusal(close_unit, roster(), UnitId("sekretariat"), NOW)
    assert error.code == "unit_has_posts"
    assert error.params["posts"] == ("Kepala", "Sekretaris", "Staf")


def test_a_post_is_added_with_its_lanes_and_its_superior() -> None:
    new = dataclasses.replace(ARSIP, superior=PostId("sekretaris"), letter="tidak dipakai")
    change = save_post(roster(), new, 7, seen=None)
    assert change.events == (
        PostSaved(
            post="arsip",
            name="Arsip",
            unit="sekretariat",
            lanes=("arsip",),
            superior="sekretaris",
            standing=7,
        ),
    )
    assert changed(roster(), change).get_post(PostId("arsip")).post.letter == ""


def test_a_post_stands_for_exactly_the_lanes_it_was_saved_with() -> None:
    found = roster()
    new = dataclasses.replace(POSTS[2], lanes=frozenset({LaneId("lain")}))
    after = changed(found, save_post(found, new, 2, seen=seen(found, "staf")))
    assert after.get_post(PostId("staf")).post.lanes == {"lain"}


@pytest.mark.parametrize(
    ("given", "standing", "code"),
    [
        ({"id": PostId("Arsip")}, 1, "code_shape"),
        ({"id": PostId("9arsip")}, 1, "code_shape"),
        ({"id": PostId("")}, 1, "code_shape"),
        ({"name": "  "}, 1, "name_missing"),
        ({"name": "x" * 201}, 1, "name_long"),
        ({"name": "Kepala\0Dinas"}, 1, "name_characters"),
        ({"unit": UnitId("lain")}, 1, "unit_unknown"),
        ({"lanes": frozenset({LaneId("dua kata")})}, 1, "lane_shape"),
        ({"lanes": frozenset({LaneId("")})}, 1, "lane_shape"),
        ({"superior": PostId("lain")}, 1, "superior_unknown"),
        ({}, -1, "standing_range"),
        ({}, 10_001, "standing_range"),
    ],
)
def test_a_post_that_is_not_whole_is_refused(
    given: dict[str, object], standing: int, code: str
) -> None:
    new: Post = dataclasses.replace(ARSIP, **given)
    assert refusal(save_post, roster(), new, standing, seen=None).code == code


@pytest.mark.parametrize("above", ["kepala", "sekretaris", "staf"])
def test_no_post_answers_to_itself_through_others(above: str) -> None:
    found = roster()
    head = dataclasses.replace(POSTS[0], superior=PostId(above))
    error = refusal(save_post, found, head, 0, seen=seen(found, "kepala"))
    assert error.code == "post_circle"


def test_a_post_is_closed_when_nobody_holds_it_and_none_answers_to_it() -> None:
    empty = roster(holding("staf", "staf", -9, -1))
    change = close_post(empty, PostId("staf"), NOW)
    assert change.events == (PostClosed(post="staf", name="Staf"),)
    after = changed(empty, change)
    assert after.get_post(PostId("staf")).closed_at == NOW
    assert close_post(after, PostId("staf"), NOW).events == ()
    assert refusal(close_post, empty, PostId("sekretaris"), NOW).code == "post_leads"


@pytest.mark.parametrize("since", [-1, 3])
def test_a_post_that_somebody_holds_or_will_hold_stays_open(since: int) -> None:
    held = roster(holding("staf", "staf", since))
    error = refusal(close_post, held, PostId("staf"), NOW)
    assert (error.code, error.params["holders"]) == ("post_held", ("Staf",))


def test_a_closed_unit_or_superior_is_none_for_a_post() -> None:
    found = changed(roster(), save_unit(roster(), unit(), seen=None))
    found = changed(found, close_unit(found, UnitId("bidang"), NOW))
    moved = dataclasses.replace(ARSIP, unit=UnitId("bidang"))
    assert refusal(save_post, found, moved, 1, seen=None).code == "unit_unknown"
    shut = roster(holding("kepala", "kepala"))
    shut = changed(shut, close_post(shut, PostId("staf"), NOW))
    below = dataclasses.replace(ARSIP, superior=PostId("staf"))
    assert refusal(save_post, shut, below, 1, seen=None).code == "superior_unknown"
