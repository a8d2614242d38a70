"""Leavers and absences: an account closed, or tasks handed over, with nothing left behind unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from engine.errors import CommandRejected
from engine.ids import PersonId
from web.errors import status_of
from web.handover_view import STAYS, desk_to_clear, handover_sent
from web.office_view import by, lanes_in_force, this_roster, told, typed
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

handover = Blueprint("handover", __name__)

Answer = tuple[str, int]


@handover.get("/kantor/pegawai/<person_id>/tutup")
def ask_close(person_id: str) -> str:
    """Ask why an account is closed, and who gets what lies on its desk."""
    return _page(person_id, closes=True)


@handover.post("/kantor/pegawai/<person_id>/tutup")
def close(person_id: str) -> Response | Answer:
    """Close the account and hand over its tasks, in one act."""
    try:
        parts().runtime.close_person(PersonId(person_id), handover_sent(), **by())
    except CommandRejected as error:
        return _page(person_id, told(error), closes=True), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="tutup"), 303)


@handover.get("/kantor/pegawai/<person_id>/alihkan")
def ask(person_id: str) -> str:
    """Ask who gets the tasks of somebody who stays, but can't do them."""
    return _page(person_id, closes=False)


@handover.post("/kantor/pegawai/<person_id>/alihkan")
def hand_over(person_id: str) -> Response | Answer:
    """Hand over the tasks that were given to others; the rest stays."""
    try:
        parts().runtime.hand_over(PersonId(person_id), handover_sent(), **by())
    except CommandRejected as error:
        return _page(person_id, told(error), closes=False), status_of(error)
    return redirect(url_for("persons.show", person_id=person_id, kabar="alih"), 303)


def _page(person_id: str, problem: str = "", *, closes: bool) -> str:
    roster = this_roster()
    person = roster.get_person(PersonId(person_id))
    return render_template(
        "pages/office/close_person.html" if closes else "pages/office/hand_over.html",
        person=person,
        desk=desk_to_clear(
            roster, person.id, lanes_in_force(), unless_chosen="" if closes else STAYS
        ),
        given=typed("alasan"),
        problem=problem,
    )
