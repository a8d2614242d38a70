"""One letter number: taken by hand, confirmed, voided."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from engine.errors import CommandRejected, InvalidSubmission, NotFound
from engine.ids import LetterNumberId
from engine.letters.by_hand import DAYS, ByHand
from engine.letters.number import BookEntry, NumberState
from engine.letters.pattern import Placeholder
from engine.letters.permission import may_keep
from engine.letters.rule import Source
from engine.letters.taking import Wanted
from storage.queries.letters import find_register, list_units
from web.auth import actor
from web.days import day_of
from web.errors import status_of
from web.form_words import problem_text
from web.input import revision
from web.letter_columns import columns_of
from web.letter_view import get_line, get_register
from web.letter_words import STATES, note_text
from web.office_view import by, told, typed
from web.parts import parts
from web.uploads import office_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from engine.form import FieldProblem
    from storage.queries.letters import BookLine, Register

letter_numbers = Blueprint("letter_numbers", __name__)

NEWS = {
    "ambil": "Nomor diambil. Sementara, sampai Anda menyatakan suratnya ditandatangani.",
    "sahkan": "Nomor berlaku.",
    "batal": "Nomor dibatalkan; tetap tercatat di buku agenda.",
}

ENTRY = tuple(each.name for each in fields(BookEntry))
WANTED = tuple(each.name for each in fields(Wanted))

Texts = dict[str, str]


@letter_numbers.get("/agenda/<register>/ambil")
def by_hand_page(register: str) -> str:
    """Ask for which letter outside the processes a number is taken, and why."""
    found = _kept(register)
    today = office_day().isoformat()
    given = {**dict.fromkeys((*ENTRY, *WANTED, "reason"), ""), "letter_date": today}
    units = [post.unit for post in actor().posts if post.lanes & found.newest.lanes]
    return _by_hand(found, {**given, "unit": units[0] if units else ""})


@letter_numbers.post("/agenda/<register>/ambil")
def by_hand(register: str) -> Response | tuple[str, int]:
    """Take the next number by hand."""
    found, given = _kept(register), typed(*ENTRY, *WANTED, "reason")
    try:
        taken = parts().runtime.reserve_by_hand(
            found.newest.register,
            ByHand(
                wanted=Wanted(**{name: given[name].strip() for name in WANTED}),
                entry=_entry(given),
            ),
            _lines(given["reason"]),
            **by(),
        )
    except CommandRejected as error:
        return _by_hand(found, given, error), status_of(error)
    return redirect(url_for("letter_numbers.show", number_id=taken, kabar="ambil"), 303)


@letter_numbers.get("/agenda/nomor/<number_id>")
def show(number_id: str) -> str:
    """Show a number, and what can be done with it."""
    line = get_line(number_id)
    return _page(line, asdict(line.number.entry))


@letter_numbers.post("/agenda/nomor/<number_id>/sahkan")
def confirm(number_id: str) -> Response | tuple[str, int]:
    """Say that the letter of a number taken by hand is signed."""
    given = typed(*ENTRY)
    try:
        parts().runtime.confirm_number(
            LetterNumberId(number_id), _entry(given), revision=revision(), **by()
        )
    except CommandRejected as error:
        return _page(get_line(number_id), given, error), status_of(error)
    return redirect(url_for("letter_numbers.show", number_id=number_id, kabar="sahkan"), 303)


@letter_numbers.post("/agenda/nomor/<number_id>/batal")
def void(number_id: str) -> Response | tuple[str, int]:
    """Void a number for a reason."""
    reason = _lines(request.form.get("alasan", ""))
    try:
        parts().runtime.void_number(LetterNumberId(number_id), reason, revision=revision(), **by())
    except CommandRejected as error:
        line = get_line(number_id)
        return _page(line, asdict(line.number.entry), error, reason), status_of(error)
    return redirect(url_for("letter_numbers.show", number_id=number_id, kabar="batal"), 303)


def _kept(word: str) -> Register:
    """Give a register that the caller keeps and that numbers today. Raises NotFound."""
    found = get_register(word)
    if found.now is None or not found.may_keep:
        raise NotFound(f"Expected a register that numbers, but {word!r} does not", code="not_found")
    return found


def _entry(given: Texts) -> BookEntry:
    """Give the entry as it was typed, days in the form in which they are kept."""
    return BookEntry(**{name: _tidy(name, _lines(given[name])) for name in ENTRY})


def _lines(text: str) -> str:
    """Give a text with its lines ended as the engine knows them; browsers end them in two characters."""
    return "\n".join(text.splitlines()).strip()


def _tidy(name: str, text: str) -> str:
    if name not in DAYS or not text:
        return text
    try:
        return day_of(text).isoformat()
    except InvalidSubmission:
        return text  # the command says at its field what is wrong with it


def _by_hand(found: Register, given: Texts, error: CommandRejected | None = None) -> str:
    rule = found.now or found.newest
    agency = actor().agency
    names = parts().database.read(lambda c: list_units(c, agency))
    return render_template(
        "pages/letters/by_hand.html",
        register=found,
        rule=rule,
        given=given,
        needs_classification=rule.uses(Placeholder.CLASSIFICATION),
        units=[(unit, names.get(unit, unit)) for unit in rule.codes]
        if rule.uses(Placeholder.UNIT)
        else [],
        is_outside=rule.source is Source.OUTSIDE,
        **_refusal(error),
    )


def _page(
    line: BookLine, given: Texts, error: CommandRejected | None = None, reason: str = ""
) -> str:
    caller, today, number = actor(), office_day(), line.number
    register = parts().database.read(lambda c: find_register(c, caller, number.register, today))
    if register is None:
        raise NotFound(f"Expected the register of {number.id}, but it is gone", code="not_found")
    keeps = may_keep(register.newest, caller)
    is_reserved = number.state is NumberState.RESERVED
    return render_template(
        "pages/letters/number.html",
        line=line,
        register=register,
        columns=columns_of(register.newest.direction),
        note=note_text(line),
        states=STATES,
        may_confirm=keeps and is_reserved and number.instance is None,
        may_void=keeps and number.state is not NumberState.VOIDED,
        given=given,
        reason=reason,
        news=NEWS.get(request.args.get("kabar", "")),
        **_refusal(error),
    )


def _refusal(error: CommandRejected | None) -> Mapping[str, object]:
    """Give what a page says of a refused command: a sentence, and one at each field that has to be mended."""
    if error is None:
        return {"problem": "", "problems": {}}
    found: tuple[FieldProblem, ...] = tuple(error.params.get("problems") or ())  # type: ignore[arg-type]
    return {"problem": told(error), "problems": {p.name: problem_text(p) for p in found}}
