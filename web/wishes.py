"""What somebody asks of a list of tasks, as it stands in the address of the page, and the choices of its filter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from storage.queries.deadlines import Deadlines, DueGroup
from storage.queries.wish import NOBODY, Order, Wish
from web.auth import caller
from web.i18n import DEFAULT_ZONE, _
from web.input import page_number
from web.lane_names import lane_name
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.queries.tally import Choice, Tally

_MOST_LETTERS = 200
_SPACE = re.compile(r"\s+")

GROUP_NAMES = {
    DueGroup.LATE: "Terlambat",
    DueGroup.TODAY: "Hari ini",
    DueGroup.WEEK: "Minggu ini",
    DueGroup.LATER: "Nanti",
    DueGroup.NONE: "Tanpa tenggat",
}

ORDER_NAMES = {
    Order.DUE: "Tenggat",
    Order.NEWEST: "Terbaru",
    Order.OLDEST: "Terlama",
    Order.SUBJECT: "Perihal",
    Order.PROCESS: "Proses",
}

ORDER_SENTENCES = {
    Order.DUE: "Urut menurut tenggat: yang paling mendesak di atas, yang tanpa tenggat di bawah.",
    Order.NEWEST: "Urut dari yang terbaru.",
    Order.OLDEST: "Urut dari yang terlama.",
    Order.SUBJECT: "Urut menurut perihal, A sampai Z.",
    Order.PROCESS: "Urut menurut nama proses, lalu tenggat.",
}
"""How a list says its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a filter; `count` is None where it says nothing."""

    value: str
    name: str
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One list of a filter form: its parameter in the address, what it is called, and what can be chosen."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]


def read_wish() -> Wish:
    """Read the wish of this page's address; what can't be a value asks for nothing."""
    text, due, order = _argument("cari"), _argument("tenggat"), _argument("urut")
    return Wish(
        words=tuple(_SPACE.split(text)) if text else (),
        process=_argument("proses"),
        lane=_argument("lajur"),
        holder=_argument("pemegang"),
        due=DueGroup(due) if due in set(DueGroup) else None,
        order=Order(order) if order in set(Order) else Order.DUE,
        with_deferred=_argument("ditunda") == "ya",
        page=page_number(),
    )


def parameters(wish: Wish, **more: str) -> dict[str, str]:
    """Give the wish as it stands in an address, without its page."""
    found = {
        "cari": " ".join(wish.words),
        "proses": wish.process,
        "lajur": wish.lane,
        "pemegang": wish.holder,
        "tenggat": wish.due.value if wish.due else "",
        "urut": "" if wish.order is Order.DUE else wish.order.value,
        "ditunda": "ya" if wish.with_deferred else "",
    }
    return {name: value for name, value in {**found, **more}.items() if value}


def seen_now() -> Deadlines:
    """Give the deadlines as they are seen now in the caller's office."""
    return Deadlines.seen_at(parts().clock.now(), office_zone())


def office_zone() -> str:
    """Give the zone of the caller's office."""
    found = caller()
    return found.agency.zone if found else DEFAULT_ZONE


def process_filter(tally: Tally) -> Filter:
    """Give the processes to choose from."""
    options = _options(tally.processes, tally.wish.process)
    return Filter(name="proses", label=_("Proses"), value=tally.wish.process, options=options)


def lane_filter(tally: Tally) -> Filter:
    """Give the lanes to choose from, called as in the drawings."""
    named = (
        Option(value=c.value, name=lane_name(c.value, tally.a_definition(c.value)), count=c.count)
        for c in tally.lanes
    )
    options = _with_current(sorted(named, key=lambda o: o.name.lower()), tally.wish.lane)
    return Filter(name="lajur", label=_("Lajur"), value=tally.wish.lane, options=options)


def holder_filter(tally: Tally) -> Filter:
    """Give the holders to choose from, what nobody holds first."""
    named = (
        Option(value=c.value, name=c.name or _("Bebas (belum dipegang)"), count=c.count)
        for c in tally.holders
    )
    options = _with_current(sorted(named, key=lambda o: o.value != NOBODY), tally.wish.holder)
    return Filter(name="pemegang", label=_("Pemegang"), value=tally.wish.holder, options=options)


def due_filter(tally: Tally) -> Filter:
    """Give the groups of deadlines to choose from."""
    value = tally.wish.due.value if tally.wish.due else ""
    named = (
        Option(value=c.value, name=_(GROUP_NAMES[DueGroup(c.value)]), count=c.count)
        for c in tally.dues
    )
    return Filter(
        name="tenggat", label=_("Tenggat"), value=value, options=_with_current(named, value)
    )


def order_filter(wish: Wish, orders: Iterable[Order]) -> Filter:
    """Give the orders to choose from."""
    options = tuple(Option(value=each.value, name=_(ORDER_NAMES[each])) for each in orders)
    return Filter(name="urut", label=_("Urutkan"), value=wish.order.value, options=options)


def _options(choices: Iterable[Choice], value: str) -> tuple[Option, ...]:
    named = (Option(value=c.value, name=c.name, count=c.count) for c in choices)
    return _with_current(named, value)


def _with_current(options: Iterable[Option], value: str) -> tuple[Option, ...]:
    """Give the options with the one that is chosen, though nothing is left of it, so that the form shows what holds."""
    found = tuple(options)
    if not value or any(option.value == value for option in found):
        return found
    return (*found, Option(value=value, name=_("(pilihan sebelumnya)"), count=0))


def _argument(name: str) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in request.args.get(name, ""))
    return text.strip()[:_MOST_LETTERS]
