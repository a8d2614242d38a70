"""Letter numbers and registers, in Indonesian: what they are called, and what is wrong with a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.letters.number import NumberState, VoidCause
from engine.letters.pattern import PatternCode
from engine.letters.rule import Direction, Reset, RuleCode, Scope, Source
from engine.store import InstanceState
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.letters.rule import RuleProblem
    from storage.queries.letters import BookLine

STATES: Mapping[NumberState, str] = {
    NumberState.RESERVED: "Sementara",
    NumberState.CONFIRMED: "Berlaku",
    NumberState.VOIDED: "Batal",
}
"""Where a number stands."""

DIRECTIONS: Mapping[Direction, str] = {
    Direction.OUTGOING: "Surat keluar",
    Direction.INCOMING: "Surat masuk",
    Direction.OTHER: "Naskah lain (misalnya SK, SPPD)",
}
"""Which letters a register books."""

SOURCES: Mapping[Source, str] = {
    Source.ALUR: "Alur membuat nomornya",
    Source.OUTSIDE: "Nomor dari sistem lain (misalnya SRIKANDI), dicatat di sini",
}
"""Where numbers come from."""

SCOPES: Mapping[Scope, str] = {
    Scope.REGISTER: "Satu urutan untuk seluruh register",
    Scope.CLASSIFICATION: "Urutan sendiri tiap kode klasifikasi",
    Scope.UNIT: "Urutan sendiri tiap unit",
}
"""What has a sequence of its own."""

RESETS: Mapping[Reset, str] = {
    Reset.YEARLY: "Mulai lagi setiap 1 Januari",
    Reset.NEVER: "Terus berlanjut",
}
"""When sequences begin again."""

VOIDED: Mapping[VoidCause, str] = {
    VoidCause.BY_HAND: "Batal: {reason}",
    VoidCause.CASE_CANCELLED: "Batal karena perkara dibatalkan: {reason}",
    VoidCause.REPLACED: "Batal, diganti dengan {reason}",
}
"""Why a number was voided."""

RULES: Mapping[RuleCode | PatternCode, str] = {
    RuleCode.REGISTER: "Pakai huruf kecil, angka, dan garis bawah, diawali huruf, 2 sampai 40 huruf; misalnya surat_tugas.",
    RuleCode.NAME: "Isi nama register, paling banyak {limit} huruf.",
    RuleCode.START: "Nomor awal harus antara 1 dan {limit}.",
    RuleCode.WIDTH: "Banyaknya angka harus antara 1 dan {limit}.",
    RuleCode.LANES: "Pilih paling sedikit satu lajur yang menomori suratnya.",
    RuleCode.CODES_MISSING: "Pola memuat {{unit}}, jadi isi kode unitnya.",
    RuleCode.CODE_SHAPE: "Kode unit {unit} hanya boleh berisi huruf, angka, titik, dan tanda hubung.",
    RuleCode.CODE_TWICE: "Kode “{text}” dipakai dua unit, sehingga nomornya dapat kembar.",
    RuleCode.OUTSIDE_SCOPE: "Nomor dari sistem lain dicatat dalam satu urutan untuk seluruh register.",
    RuleCode.FROM_SHAPE: "Tulis hari mulainya seperti 1 Januari 2027 atau 1/1/2027.",
    RuleCode.FROM_PAST: "Register ini sudah bernomor; aturan baru berlaku paling cepat hari ini.",
    RuleCode.FROM_NEW_YEAR: "Urutan, pengulangan, dan nomor awal hanya dapat berganti mulai 1 Januari tahun yang belum bernomor, "
    "supaya tidak ada nomor kembar atau terlewat.",
    PatternCode.EMPTY: "Isi pola nomornya, misalnya {{klasifikasi}}/{{nomor}}/{{tahun}}.",
    PatternCode.LONG: "Pola terlalu panjang; paling banyak {limit} huruf.",
    PatternCode.CONTROL: "Pola diawali atau diakhiri spasi, atau berisi tanda yang tidak tampak. Ketik ulang polanya.",
    PatternCode.BRACE: "Ada kurung kurawal yang tidak berpasangan.",
    PatternCode.UNKNOWN: "“{{{name}}}” tidak dikenal. Yang dikenal: {{nomor}}, {{klasifikasi}}, {{unit}}, {{bulan}}, "
    "{{bulan_romawi}}, {{tahun}}.",
    PatternCode.NUMBER_MISSING: "Pola harus memuat {{nomor}}; tanpa itu semua nomor kembar.",
    PatternCode.NUMBER_TWICE: "Pola memuat {{nomor}} lebih dari sekali; sisakan satu.",
    PatternCode.SEPARATOR: "Beri pemisah seperti / antara {{nomor}} dan {{{name}}}; tanpa itu dua nomor dapat terbaca sama.",
    PatternCode.SCOPE_MISSING: "Urutan dibedakan menurut {name}, jadi pola harus memuat {{{name}}}; tanpa itu nomornya kembar.",
}
"""What can be wrong with a rule; a doubled brace stands for one."""


def rule_problem_text(problem: RuleProblem) -> str:
    """Give the sentence for one problem of a rule."""
    return _(RULES[problem.code]).format_map(problem.params)


def note_text(line: BookLine) -> str:
    """Give the remarks (keterangan) on a line of a book, each on a line of its own; empty when there is nothing to say."""
    number = line.number
    notes = []
    if number.void_cause is not None:
        notes.append(_(VOIDED[number.void_cause]).format(reason=number.void_reason or "–"))
    elif number.state is NumberState.RESERVED:
        notes.append(_("Nomor sementara"))
    elif line.case_state is InstanceState.CANCELLED:
        notes.append(_("Perkaranya dibatalkan"))
    if line.is_hidden:
        notes.append(_("Rahasia"))
    if number.reason:
        notes.append(_("Tanpa perkara: {reason}").format(reason=number.reason))
    if number.entry.letter_date and number.entry.letter_date < number.taken_on.isoformat():
        notes.append(_("Bertanggal mundur"))
    return "\n".join(notes)
