"""A person's posts: begun and ended, with what lies on the desk in lanes that are lost."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.actor import Acting
from engine.errors import CommandRejected, InvalidSubmission, NotFound
from engine.ids import PersonId, PostId
from engine.office import Handover, Holding
from web.days import beginning, ending
from web.errors import status_of
from web.handover_view import desk_to_clear, handover_sent
from web.office_view import (
    By,
    HoldingLine,
    by,
    lanes_in_force,
    lines_of,
    moment_of,
    this_roster,
    told,
    typed,
    zone,
)
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from engine.office import Roster

holdings = Blueprint("holdings", __name__)

Answer = tuple[str, int]

TODAY = "hari ini"


@holdings.get("/kantor/pegawai/<person_id>/jabatan")
def new(person_id: str) -> str:
    """Ask for a post that the person holds."""
    texts = dict.fromkeys(("mulai", "sampai", "sebagai", "surat"), "")
    texts["jabatan"] = request.args.get("jabatan", "")
    return _form(PersonId(person_id), texts)


@holdings.post("/kantor/pegawai/<person_id>/jabatan")
def start(person_id: str) -> Response | Answer:
    """Let the person hold a post for a period."""
    given = typed("jabatan", "mulai", "sampai", "sebagai", "surat")
    try:
        parts().runtime.start_holding(holding_of(PersonId(person_id), given), **by())
    except CommandRejected as error:
        return _form(PersonId(person_id), given, told(error)), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="mulai"), 303)


@holdings.get("/kantor/pegawai/<person_id>/jabatan/<post_id>/<begun>")
def ask_end(person_id: str, post_id: str, begun: str) -> str:
    """Ask when a holding ends, and who gets the tasks that the person may no longer do then."""
    return _end_form(_line(person_id, post_id, begun), "")


@holdings.post("/kantor/pegawai/<person_id>/jabatan/<post_id>/<begun>")
def end(person_id: str, post_id: str, begun: str) -> Response | Answer:
    """End a holding, at once with its tasks handed over, or on a day to come."""
    line = _line(person_id, post_id, begun)
    try:
        _end(line.holding, request.form.get("sampai", ""), by())
    except CommandRejected as error:
        return _end_form(line, told(error)), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="akhir"), 303)


def holding_of(person: PersonId, given: dict[str, str]) -> Holding:
    """Give the holding that texts describe: post, first and last day, deputy or not, letter. Raises InvalidSubmission."""
    here, now = zone(), parts().clock.now()
    if not given["jabatan"]:
        raise InvalidSubmission("Expected a post, but none was chosen", code="post_missing")
    acting = given["sebagai"]
    return Holding(
        person=person,
        post=PostId(given["jabatan"]),
        held_from=beginning(given["mulai"], now, here),
        held_to=ending(given["sampai"], here),
        acting=Acting(acting) if acting in list(Acting) else None,
        letter=given["surat"],
    )


def _end(holding: Holding, last_day: str, act: By) -> None:
    """End the holding behind its last day; today means at once, and then tasks leave the desk."""
    here, now = zone(), parts().clock.now()
    is_now = beginning(last_day, now, here) == now
    held_to = None if is_now else ending(last_day, here)
    handover = handover_sent() if is_now else Handover()
    parts().runtime.end_holding(holding, held_to, handover, **act)


def _form(person: PersonId, given: dict[str, str], problem: str = "") -> str:
    roster = this_roster()
    return render_template(
        "pages/office/holding_form.html",
        person=roster.get_person(person),
        posts=[entry.post for entry in roster.list_posts()],
        given=given,
        problem=problem,
    )


def _end_form(line: HoldingLine, problem: str) -> str:
    roster, now = this_roster(), parts().clock.now()
    kept = _without(roster, line.holding).lanes_of(line.person.id, now)
    return render_template(
        "pages/office/holding_end.html",
        line=line,
        desk=desk_to_clear(roster, line.person.id, lanes_in_force(), kept=kept),
        given=typed("sampai", "alasan"),
        problem=problem,
    )


def _line(person_id: str, post_id: str, begun: str) -> HoldingLine:
    roster, moment = this_roster(), moment_of(begun)
    held = roster.list_held(roster.get_person(PersonId(person_id)).id)
    found = [h for h in held if h.post == post_id and h.held_from == moment]
    if not found:
        raise NotFound(f"Expected {person_id} to hold {post_id}, but no", code="not_found")
    return lines_of(roster, found)[0]


def _without(roster: Roster, holding: Holding) -> Roster:
    others = tuple(h for h in roster.holdings if h != holding)
    return dataclasses.replace(roster, holdings=others)
