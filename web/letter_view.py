"""What the pages of letter numbers share: the registers of the caller, and what the address asks of a book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import g, request

from engine.errors import NotFound
from engine.ids import LetterNumberId, RegisterId
from engine.letters.number import NumberState
from storage.errors import StorageFailed
from storage.queries.letters import (
    BookWish,
    find_line,
    find_register,
    list_hanging,
    list_registers,
)
from web.auth import actor
from web.input import text_argument
from web.parts import parts
from web.uploads import office_day

if TYPE_CHECKING:
    from engine.actor import Actor
    from storage.queries.letters import BookLine, Register


def my_registers() -> tuple[Register, ...]:
    """Give the registers that the caller may read, asked for once a page."""
    caller, today = actor(), office_day()
    if "registers" not in g:
        g.registers = parts().database.read(lambda c: list_registers(c, caller, today))
    found: tuple[Register, ...] = g.registers
    return found


def reads_a_book(_caller: Actor) -> bool:
    """Tell whether the caller may read any agenda book; no, when the database can't say (the page that tells so has a menu)."""
    try:
        return bool(my_registers())
    except StorageFailed:
        return False


def count_hanging() -> int:
    """Count the numbers in the caller's registers that were reserved and are not final."""
    caller, words = actor(), [register.newest.register for register in my_registers()]
    return parts().database.read(lambda c: list_hanging(c, caller, words, 1)).page.total


def get_register(word: str) -> Register:
    """Give a register that the caller may read. Raises NotFound."""
    caller, today = actor(), office_day()
    found = parts().database.read(lambda c: find_register(c, caller, RegisterId(word), today))
    if found is None:
        raise NotFound(f"Expected a register {word!r}, but there is none", code="not_found")
    return found


def get_line(number: str) -> BookLine:
    """Give a number of a register that the caller may read. Raises NotFound."""
    caller = actor()
    found = parts().database.read(lambda c: find_line(c, caller, LetterNumberId(number)))
    if found is None:
        raise NotFound(f"Expected a letter number {number!r}, but there is none", code="not_found")
    return found


def book_wish() -> BookWish:
    """Give what the address asks of a book; without days it is this year's."""
    today = office_day()
    first = _day(request.args.get("dari", ""), today.replace(month=1, day=1))
    last = _day(request.args.get("sampai", ""), first.replace(month=12, day=31))
    state = request.args.get("keadaan", "")
    return BookWish(
        first=first,
        last=last,
        state=NumberState(state) if state in list(NumberState) else None,
        search=text_argument("cari"),
    )


def asked_of(wish: BookWish) -> dict[str, str]:
    """Give the wish as the address has it."""
    given = {
        "dari": wish.first.isoformat(),
        "sampai": wish.last.isoformat(),
        "keadaan": wish.state.value if wish.state else "",
        "cari": wish.search,
    }
    return {name: text for name, text in given.items() if text}


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
