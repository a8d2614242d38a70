"""*Perkara*: the cases that the caller may see, searched and filtered; everything asked for stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from engine.store import InstanceState
from storage.queries.cases import Age, CaseWish, list_cases, list_processes
from web.auth import actor
from web.input import page_number, text_argument
from web.parts import parts
from web.places import place_view, state_words

if TYPE_CHECKING:
    from collections.abc import Mapping

cases = Blueprint("cases", __name__)

MINE = "saya"
"""In the address: only the cases in which the caller has or had a task."""


@cases.get("/perkara")
def index() -> str:
    """Show a page of the cases."""
    caller, wish, here = actor(), _wish(), parts()
    found = here.database.read(lambda c: list_cases(c, caller, wish))
    return render_template(
        "pages/cases.html",
        cases=found,
        wish=wish,
        asked=_parameters(wish),
        states=InstanceState,
        ages=Age,
        processes=here.database.read(lambda c: list_processes(c, caller)),
        place_view=place_view,
        state_words=state_words,
        now=here.clock.now(),
    )


def _wish() -> CaseWish:
    """Read the wish of the address; what can't be a value asks for nothing."""
    state, age = text_argument("keadaan"), text_argument("urut")
    return CaseWish(
        words=tuple(text_argument("cari").split()),
        process=text_argument("proses"),
        state=InstanceState(state) if state in set(InstanceState) else None,
        mine=request.args.get("milik") == MINE,
        age=Age(age) if age in set(Age) else Age.NEWEST,
        page=page_number(),
    )


def _parameters(wish: CaseWish) -> Mapping[str, str]:
    """Give the wish as it stands in an address, without its page."""
    found = {
        "cari": " ".join(wish.words),
        "proses": wish.process,
        "keadaan": wish.state.value if wish.state else "",
        "milik": MINE if wish.mine else "",
        "urut": "" if wish.age is Age.NEWEST else wish.age.value,
    }
    return {name: value for name, value in found.items() if value}
