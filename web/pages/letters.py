"""*Buku agenda*: the registers' books, on the page, on paper and as a file; and the numbers that hang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, url_for

from storage.queries.letters import MOST_LINES, list_book, list_hanging, list_whole_book
from web.auth import actor
from web.i18n import _, length
from web.input import page_number
from web.letter_columns import as_csv, columns_of
from web.letter_view import asked_of, book_wish, count_hanging, get_register, my_registers
from web.letter_words import STATES
from web.office_view import day_words
from web.parts import parts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from storage.queries.letters import BookLine, BookWish, Register

letters = Blueprint("letters", __name__)


@letters.get("/agenda")
def index() -> AnyResponse | str:
    """Go to the first book that the caller may read; say so when there is none."""
    registers = my_registers()
    if not registers:
        return render_template("pages/letters/none.html")
    return redirect(url_for("letters.book", register=registers[0].newest.register), 303)


@letters.get("/agenda/<register>")
def book(register: str) -> str:
    """Show a page of a book."""
    found, wish, number, caller = get_register(register), book_wish(), page_number(), actor()
    word = found.newest.register
    page = parts().database.read(lambda c: list_book(c, caller, word, wish, number))
    return render_template(
        "pages/letters/book.html",
        register=found,
        registers=my_registers(),
        hanging=count_hanging(),
        columns=columns_of(found.newest.direction),
        book=page,
        wish=wish,
        period=_period(wish),
        asked=asked_of(wish),
        states=STATES,
    )


@letters.get("/agenda/<register>/cetak")
def paper(register: str) -> str:
    """Show the lines that are asked for as they are printed, on A4 across."""
    found, wish = get_register(register), book_wish()
    lines = _whole(found, wish)
    return render_template(
        "pages/letters/paper.html",
        register=found,
        columns=columns_of(found.newest.direction),
        lines=lines,
        wish=wish,
        period=_period(wish),
        asked=asked_of(wish),
        is_cut=len(lines) == MOST_LINES,
    )


@letters.get("/agenda/<register>/unduh")
def download(register: str) -> Response:
    """Give the lines that are asked for as a file for a spreadsheet."""
    found, wish = get_register(register), book_wish()
    response = Response(as_csv(_whole(found, wish)), content_type="text/csv; charset=utf-8")
    name = f"agenda-{found.newest.register}-{wish.first:%Y%m%d}-{wish.last:%Y%m%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@letters.get("/agenda/menggantung")
def hanging() -> str:
    """Show the numbers that were taken and are not final, the oldest first."""
    registers, number, caller = my_registers(), page_number(), actor()
    names = {each.newest.register: each.newest.name for each in registers}
    page = parts().database.read(lambda c: list_hanging(c, caller, names, number))
    return render_template(
        "pages/letters/hanging.html",
        registers=registers,
        names=names,
        hanging=page.page.total,
        book=page,
        since=_since,
    )


def _whole(register: Register, wish: BookWish) -> tuple[BookLine, ...]:
    caller, word = actor(), register.newest.register
    return parts().database.read(lambda c: list_whole_book(c, caller, word, wish))


def _period(wish: BookWish) -> str:
    return _("{first} sampai {last}").format(first=day_words(wish.first), last=day_words(wish.last))


def _since(line: BookLine) -> str:
    return length(parts().clock.now() - line.number.taken_at)
