"""*Perkara*: the cases that the caller may see."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.store import InstanceState
from storage.queries.cases import list_cases
from web.auth import actor
from web.input import page_number
from web.parts import parts

cases = Blueprint("cases", __name__)


@cases.get("/perkara")
def index() -> str:
    """Show a page of the cases, newest first, all or those in one state."""
    asked = request.args.get("keadaan", "")
    state = InstanceState(asked) if asked in list(InstanceState) else None
    caller, number = actor(), page_number()
    found = parts().database.read(lambda c: list_cases(c, caller, state, number))
    return render_template("pages/cases.html", cases=found, state=state, states=InstanceState)
