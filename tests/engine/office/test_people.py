"""Persons and their holdings: begun, changed, ended, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest
from roster_kit import DAY, NOW, changed, holding, registration, roster

from engine.actor import Acting, Role
from engine.clock import as_text
from engine.errors import CommandRejected, Conflict, InvalidSubmission, WrongState
from engine.history import (
    HoldingEnded,
    HoldingStarted,
    PersonChanged,
    PersonClosed,
    PersonRegistered,
)
from engine.ids import PersonId, PostId
from engine.office import Holding, mark
from engine.office.holdings import end_holding, start_holding
from engine.office.people import change_person, close_person, open_person, register

ADMIN, STAF = PersonId("admin"), PersonId("staf")
PLH, PLT = Acting.PLH, Acting.PLT


def refusal(act: object, *arguments: object, **named: object) -> CommandRejected:
    """Give the error of a change that must be refused."""
    assert callable(act)
    with pytest.raises(CommandRejected) as refused:
        act(*arguments, **named)
    return refused.value


def test_a_person_is_registered_with_tidy_texts_and_without_posts() -> None:
    new = registration("baru", name=" Ibu  Baru ", email=" baru@contoh.go.id ")
    change = register(roster(), new)
    assert change.events == (
        PersonRegistered(person="baru", login="baru", posts=(), roles=("staff",)),
    )
    entry = changed(roster(), change).get_person(PersonId("baru"))
    assert (entry.name, entry.email, entry.has_password) == ("Ibu Baru", "baru@contoh.go.id", False)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"login": "Besar"}, "login_shape"),
        ({"login": ""}, "login_shape"),
        ({"login": "=1+1"}, "login_shape"),
        ({"name": ""}, "name_missing"),
        ({"name": "a\x07b"}, "name_characters"),
        ({"email": "bukan surel"}, "email_shape"),
        ({"email": "a@b@c.id"}, "email_shape"),
        ({"email": "a@contoh.id\nBcc: x@y.id"}, "email_shape"),
        ({"email": f"a@{'b' * 200}.id"}, "email_shape"),
        ({"roles": frozenset()}, "role_missing"),
        ({"login": "staf"}, "login_taken"),
    ],
)
def test_a_person_who_is_not_whole_is_refused(given: dict[str, object], code: str) -> None:
    assert refusal(register, roster(), registration("baru", **given)).code == code


def test_a_login_of_a_closed_account_stays_taken() -> None:
    closed = close_person(roster(), STAF, by=ADMIN, reason="pindah", now=NOW)
    error = refusal(register, changed(roster(), closed), registration("lain", login="staf"))
    assert (type(error), error.code) == (Conflict, "login_taken")


def test_a_person_gets_another_name_and_roles() -> None:
    found = roster()
    entry = found.get_person(STAF)
    new = dataclasses.replace(
        entry, name="Staf Ahli", email="s@contoh.id", roles=frozenset({Role.AUDITOR})
    )
    change = change_person(found, new, seen=mark(entry))
    assert change.events == (
        PersonChanged(person="staf", login="staf", name="Staf Ahli", roles=("auditor",)),
    )
    after = changed(found, change)
    assert after.get_person(STAF) == new
    assert change_person(after, new, seen=mark(new)).events == ()
    assert refusal(change_person, after, entry, seen=mark(entry)).code == "office_changed"


def test_a_change_opens_no_closed_account() -> None:
    found = changed(roster(), close_person(roster(), STAF, by=ADMIN, reason="x", now=NOW))
    entry = found.get_person(STAF)
    new = dataclasses.replace(entry, name="Lain", closed_at=None)
    after = changed(found, change_person(found, new, seen=mark(entry)))
    assert after.get_person(STAF).closed_at == NOW


def test_the_last_administrator_keeps_the_role() -> None:
    found = roster()
    entry = found.get_person(ADMIN)
    staff = dataclasses.replace(entry, roles=frozenset({Role.STAFF}))
    error = refusal(change_person, found, staff, seen=mark(entry))
    assert (type(error), error.code) == (WrongState, "last_administrator")
    second = registration("kedua", roles=frozenset({Role.ADMINISTRATOR}))
    assert change_person(changed(found, register(found, second)), staff, seen=mark(entry)).events


def test_a_closed_account_holds_nothing_any_more() -> None:
    found = roster(
        holding("staf", "staf", -9, -5), holding("staf", "sekretaris"), holding("staf", "staf", 4)
    )
    change = close_person(found, STAF, by=ADMIN, reason="pensiun", now=NOW)
    assert change.events[0] == PersonClosed(
        person="staf", login="staf", name="Staf", reason="pensiun"
    )
    assert [(e.post, e.held_to) for e in change.events[1:] if isinstance(e, HoldingEnded)] == [
        ("sekretaris", as_text(NOW)),
        ("staf", as_text(NOW + 4 * DAY)),
    ]
    after = changed(found, change)
    assert [h.counts_at(NOW + 9 * DAY) for h in after.list_held(STAF)] == [False] * 3
    reopened = changed(after, open_person(after, STAF)).find_actor(STAF, NOW + 9 * DAY)
    assert reopened is not None
    assert reopened.posts == ()


def test_an_account_is_closed_once_and_never_by_oneself() -> None:
    assert refusal(open_person, roster(), STAF).code == "person_open"
    own = refusal(close_person, roster(), ADMIN, by=ADMIN, reason="x", now=NOW)
    assert own.code == "close_self"
    closed = changed(roster(), close_person(roster(), STAF, by=ADMIN, reason="x", now=NOW))
    again = refusal(close_person, closed, STAF, by=ADMIN, reason="x", now=NOW)
    assert again.code == "person_closed"


def test_a_deputy_holds_a_post_by_a_letter_until_a_day() -> None:
    change = start_holding(roster(), holding("staf", "kepala", 1, 8, (PLH, " 094/12/2026 ")))
    assert change.events == (
        HoldingStarted(
            person="staf",
            name="Staf",
            post="kepala",
            post_name="Kepala",
            held_from=as_text(NOW + DAY),
            held_to=as_text(NOW + 8 * DAY),
            acting="plh",
            letter="094/12/2026",
        ),
    )


@pytest.mark.parametrize(
    ("begun", "kind", "code"),
    [
        (holding("staf", "kepala", 0, 5, (PLH, " ")), InvalidSubmission, "letter_missing"),
        (holding("staf", "kepala", 0, None, (PLT, "")), InvalidSubmission, "letter_missing"),
        (holding("staf", "kepala", 0, None, (PLH, "1")), InvalidSubmission, "plh_end_missing"),
        (holding("staf", "kepala", 5, 5), InvalidSubmission, "holding_order"),
        (holding("staf", "kepala", 5, 4), InvalidSubmission, "holding_order"),
        (holding("staf", "staf"), Conflict, "holding_overlaps"),
        (holding("staf", "staf", -60, -10), Conflict, "holding_overlaps"),
        (holding("staf", "staf", 90, 91, (PLH, "1")), Conflict, "holding_overlaps"),
    ],
)
def test_a_holding_that_can_not_be_is_refused(
    begun: Holding, kind: type[CommandRejected], code: str
) -> None:
    error = refusal(start_holding, roster(), begun)
    assert (type(error), error.code) == (kind, code)


def test_a_plt_needs_no_end_and_a_holding_may_lie_before_or_behind_another() -> None:
    for begun in (
        holding("staf", "kepala", 0, None, (PLT, "800/1")),
        holding("staf", "staf", -60, -30),
        holding("admin", "staf"),
    ):
        assert start_holding(roster(), begun).holdings == (begun,)


def test_nothing_is_held_by_a_closed_account_nor_of_a_closed_post() -> None:
    found = changed(roster(), close_person(roster(), STAF, by=ADMIN, reason="x", now=NOW))
    assert refusal(start_holding, found, holding("staf", "kepala")).code == "person_closed"
    shut = roster(holding("kepala", "kepala"))
    entry = dataclasses.replace(shut.get_post(PostId("staf")), closed_at=NOW)
    shut = dataclasses.replace(shut, posts={**shut.posts, PostId("staf"): entry})
    assert refusal(start_holding, shut, holding("kepala", "staf")).code == "post_closed"


def test_a_holding_ends_now_or_on_a_day_and_one_to_come_is_withdrawn() -> None:
    found = roster(holding("staf", "staf"), holding("staf", "kepala", 3))
    now_ended = changed(found, end_holding(found, found.holdings[0], None, NOW))
    assert now_ended.lanes_of(STAF, NOW) == frozenset()
    assert now_ended.lanes_of(STAF, NOW - DAY) == {"petugas"}
    later = changed(found, end_holding(found, found.holdings[0], NOW + DAY, NOW))
    assert later.lanes_of(STAF, NOW) == {"petugas"}
    assert later.lanes_of(STAF, NOW + DAY) == frozenset()
    withdrawn = changed(found, end_holding(found, found.holdings[1], None, NOW))
    assert withdrawn.lanes_of(STAF, NOW + 9 * DAY) == {"petugas"}


def test_a_withdrawn_holding_is_begun_anew() -> None:
    found = roster(holding("staf", "kepala", 3))
    withdrawn = changed(found, end_holding(found, found.holdings[0], None, NOW))
    anew = changed(withdrawn, start_holding(withdrawn, found.holdings[0]))
    assert anew.holdings == found.holdings


@pytest.mark.parametrize(
    ("held", "days", "code"),
    [
        (holding("staf", "staf", -9, -1), 3, "holding_over"),
        (holding("staf", "staf"), -1, "end_past"),
        (holding("staf", "staf"), 0, "end_past"),
        (holding("staf", "staf", 5), 4, "holding_order"),
        (holding("staf", "staf", -1, 5, (PLH, "1")), 6, "holding_extended"),
    ],
)
def test_an_end_that_can_not_be_is_refused(held: Holding, days: int, code: str) -> None:
    assert refusal(end_holding, roster(held), held, NOW + days * DAY, NOW).code == code


def test_an_end_into_another_holding_of_the_post_is_refused() -> None:
    first, second = holding("staf", "staf", -9, 2), holding("staf", "staf", 3)
    found = roster(first, second)
    assert refusal(end_holding, found, first, NOW + 4 * DAY, NOW).code == "holding_overlaps"
    assert end_holding(found, first, NOW + 3 * DAY, NOW).holdings


def test_a_deputy_s_end_comes_earlier_when_the_holder_is_back() -> None:
    held = holding("staf", "kepala", -1, 5, (PLH, "1"))
    assert end_holding(roster(held), held, NOW + 2 * DAY, NOW).holdings[0].held_to == NOW + 2 * DAY
    open_end = holding("staf", "kepala", -1, None, (PLT, "1"))
    assert end_holding(roster(open_end), open_end, NOW + 2 * DAY, NOW).holdings


def test_a_holding_that_never_was_can_not_end() -> None:
    assert refusal(end_holding, roster(), holding("staf", "kepala"), None, NOW).code == "not_found"
