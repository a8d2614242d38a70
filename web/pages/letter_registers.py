"""*Register surat*: how letters are numbered, for who oversees the office; with examples before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from engine.errors import CommandRejected, InvalidSubmission
from engine.ids import LaneId, RegisterId
from engine.letters.pattern import Placeholder
from engine.letters.rule import (
    Direction,
    InvalidRule,
    LetterRule,
    Reset,
    RuleCode,
    RuleProblem,
    Scope,
    Source,
    expect_valid,
)
from storage.queries.letters import list_in_force, list_units
from web.auth import actor
from web.days import day_of
from web.errors import status_of
from web.i18n import _
from web.input import revision
from web.letter_view import get_register, my_registers
from web.letter_words import DIRECTIONS, RESETS, SCOPES, SOURCES, rule_problem_text
from web.office_view import by, day_words, lanes_in_force, told
from web.parts import parts
from web.uploads import office_day

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from storage.queries.letters import Register

letter_registers = Blueprint("letter_registers", __name__)

NEWS = {"simpan": "Aturan nomor disimpan."}

TEXTS = ("register", "nama", "arah", "sumber", "lingkup", "ulang", "awal", "lebar", "pola", "mulai")
"""The fields of the form, beside lanes and the units' codes."""

CODE = "kode."
"""Before a unit's id: the field with its code."""

_FIELDS = {
    "register": "register",
    "name": "nama",
    "start": "awal",
    "width": "lebar",
    "pattern": "pola",
    "lanes": "lajur",
    "codes": "kode",
    "scope": "lingkup",
    "valid_from": "mulai",
}
"""The form's fields by those of a rule."""

_OF_NUMBERS = frozenset({"start", "width", "pattern", "codes", "scope"})
"""The fields of a rule on which its numbers hang."""

_SAMPLE = "000.8.3.3"
"""A classification for examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form as it was opened or sent."""

    texts: dict[str, str]
    lanes: frozenset[str] = frozenset()
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A process in force whose letters want a register, and the register's word."""

    process: str
    register: str


@letter_registers.get("/register-surat")
def index() -> str:
    """Show the registers, and what the processes in force want of them."""
    registers = my_registers()
    known = {each.newest.register for each in registers}
    wanting = _wanting()
    return render_template(
        "pages/letters/registers.html",
        registers=registers,
        users={each: [w.process for w in wanting if w.register == each] for each in known},
        missing=[each for each in wanting if each.register not in known],
        next_of=_next_example,
        directions=DIRECTIONS,
        news=NEWS.get(request.args.get("kabar", "")),
    )


@letter_registers.get("/register-surat/baru")
def new() -> str:
    """Ask for a new register."""
    texts = dict.fromkeys(TEXTS, "") | {
        "register": request.args.get("kata", "")[:40],
        "arah": Direction.OUTGOING.value,
        "sumber": Source.ALUR.value,
        "lingkup": Scope.REGISTER.value,
        "ulang": Reset.YEARLY.value,
        "awal": "1",
        "lebar": "3",
        "pola": "{klasifikasi}/{nomor}/{bulan_romawi}/{tahun}",
        "mulai": office_day().isoformat(),
    }
    return _form(None, Filled(texts=texts))


@letter_registers.post("/register-surat/baru")
def add() -> Response | tuple[str, int]:
    """Set a register up, or show what its numbers would look like."""
    return _saved(None, _given(request.form.get("register", "")))


@letter_registers.get("/register-surat/<register>")
def edit(register: str) -> str:
    """Show a register's rule to be changed, with all its versions."""
    found = get_register(register)
    return _form(found, _filled(found.newest))


@letter_registers.post("/register-surat/<register>")
def save(register: str) -> Response | tuple[str, int]:
    """Let another rule hold from a day on, or show what its numbers would look like."""
    return _saved(get_register(register), _given(register))


def _saved(found: Register | None, given: Filled) -> Response | tuple[str, int]:
    try:
        rule = _rule(given)
        if request.form.get("_aksi") == "contoh":
            _expect_shown(rule)
            return _form(found, given), 200
        seen = revision() if found else 0
        parts().runtime.change_rule(rule, seen=seen, **by())
    except CommandRejected as error:
        return _form(found, given, error), status_of(error)
    return redirect(url_for("letter_registers.index", kabar="simpan"), 303)


def _expect_shown(rule: LetterRule) -> None:
    """Raise InvalidRule with what stands against saying what its numbers look like."""
    try:
        expect_valid(rule)
    except InvalidRule as error:
        if found := tuple(each for each in error.problems if each.at in _OF_NUMBERS):
            raise InvalidRule(found) from None


def _given(word: str) -> Filled:
    texts = {name: request.form.get(name, "").strip() for name in TEXTS}
    codes = {
        name.removeprefix(CODE): text.strip()
        for name, text in request.form.items()
        if name.startswith(CODE) and text.strip()
    }
    lanes = frozenset(request.form.getlist("lajur"))
    return Filled(texts={**texts, "register": word.strip()}, lanes=lanes, codes=codes)


def _filled(rule: LetterRule) -> Filled:
    texts = {
        "register": str(rule.register),
        "nama": rule.name,
        "arah": rule.direction.value,
        "sumber": rule.source.value,
        "lingkup": rule.scope.value,
        "ulang": rule.reset.value,
        "awal": str(rule.start),
        "lebar": str(rule.width),
        "pola": rule.pattern,
        "mulai": max(rule.valid_from, office_day()).isoformat(),
    }
    return Filled(texts=texts, lanes=frozenset(rule.lanes), codes=dict(rule.codes))


def _rule(given: Filled) -> LetterRule:
    """Give the rule that was typed. Raises BadRequest for a choice that the page does not offer, InvalidRule for a day."""
    texts = given.texts
    try:
        choices = (Direction(texts["arah"]), Source(texts["sumber"]))
        counting = (Scope(texts["lingkup"]), Reset(texts["ulang"]))
    except ValueError:
        raise BadRequest from None
    return LetterRule(
        agency=actor().agency,
        register=RegisterId(texts["register"]),
        version=0,
        name=texts["nama"],
        direction=choices[0],
        source=choices[1],
        scope=counting[0],
        reset=counting[1],
        start=_whole(texts["awal"]),
        width=_whole(texts["lebar"]),
        pattern=texts["pola"],
        codes=given.codes,
        lanes=frozenset(map(LaneId, given.lanes)),
        valid_from=_day(texts["mulai"]),
    )


def _whole(text: str) -> int:
    """Give a whole number; 0, which no rule has, for anything else."""
    fits = text.isascii() and text.isdigit() and len(text) <= len("999999999")
    return int(text) if fits else 0


def _day(text: str) -> date:
    """Give the day meant. Raises InvalidRule."""
    try:
        return day_of(text)
    except InvalidSubmission:
        problem = RuleProblem(at="valid_from", code=RuleCode.FROM_SHAPE)
        raise InvalidRule((problem,)) from None


def _form(found: Register | None, given: Filled, error: CommandRejected | None = None) -> str:
    problems: dict[str, str] = {}
    for each in error.problems if isinstance(error, InvalidRule) else ():
        at = _FIELDS[each.at]
        problems[at] = " ".join(filter(None, (problems.get(at), rule_problem_text(each))))
    agency = actor().agency
    return render_template(
        "pages/letters/register.html",
        register=found,
        given=given,
        code=CODE,
        units=parts().database.read(lambda c: list_units(c, agency)),
        lanes=_lanes(given.lanes),
        examples=[] if error else _examples(given),
        directions=DIRECTIONS,
        sources=SOURCES,
        scopes=SCOPES,
        resets=RESETS,
        day_words=day_words,
        problem=told(error) if error else "",
        problems=problems,
    )


def _lanes(ticked: frozenset[str]) -> list[tuple[str, str]]:
    """Give the lanes that there are to choose from, those that no process has any more behind."""
    known = {str(line.lane): line.name for line in lanes_in_force().values()}
    return [*known.items(), *((lane, lane) for lane in sorted(ticked - known.keys()))]


def _examples(given: Filled) -> list[tuple[str, str]]:
    """Give what numbers would look like: the first, the next, one late in the year, and one for each unit's code."""
    try:
        rule = _rule(given)
        _expect_shown(rule)
    except (CommandRejected, BadRequest):
        return []
    if rule.source is Source.OUTSIDE:
        return []
    day, first = rule.valid_from, rule.first(rule.valid_from)
    units = list(rule.codes) if rule.uses(Placeholder.UNIT) else [""]
    late = day.replace(month=12, day=31)
    shown = [
        (_("Nomor pertama"), rule.write(first, day, _SAMPLE, units[0])),
        (_("Berikutnya"), rule.write(first + 1, day, _SAMPLE, units[-1])),
        (_("Nomor ke-125, 31 Desember"), rule.write(first + 124, late, _SAMPLE, units[0])),
    ]
    if rule.reset is Reset.YEARLY:
        new_year = day.replace(year=day.year + 1, month=1, day=1)
        text = rule.write(rule.first(new_year), new_year, _SAMPLE, units[0])
        shown.append((_("Pertama, 1 Januari tahun berikutnya"), text))
    return shown


def _next_example(register: Register) -> str:
    """Give what the register's numbers look like today; empty where another system makes them."""
    found = _examples(_filled(register.now or register.newest))
    return found[0][1] if found else ""


def _wanting() -> list[Wanting]:
    """Give which process in force wants which register, each once."""
    agency = actor().agency
    program = parts().runtime.program
    found = parts().database.read(lambda c: list_in_force(c, agency))
    pairs = ((name, n.register) for d, name in found for n in program(d).letters.values())
    return [Wanting(process=name, register=word) for name, word in dict.fromkeys(pairs)]
