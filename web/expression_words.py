"""What is wrong with an expression, in Indonesian: where, what was expected there, and what to write instead.

    `jumlah > ` kolom 9: sesudah “>” diharapkan nilai, tetapi tulisannya sudah habis.

A sentence has no place in it, so that it can also stand alone (in an incident, which keeps the code only); `told` puts the
place before it, `pointed` draws a mark under it.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.builtins import BUILTINS
from engine.known import nearest
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression import EvaluationFailed, ExpressionInvalid

    Problem: TypeAlias = ExpressionInvalid | EvaluationFailed

SENTENCES: Mapping[str, str] = {
    "expression_brace_open": "Kurung kurawal ini tidak ditutup. Tambahkan “}}”.",
    "expression_calls": "Fungsinya memanggil fungsi lain terlalu dalam. Sederhanakan ekspresinya.",
    "expression_character": "Tanda ini tidak dikenal. Hapus atau ganti tandanya.{hint}",
    "expression_data_depth": "Data yang dihitung bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_empty": "Ekspresinya kosong. Isi, atau hapus.",
    "expression_key_twice": "Kunci ini ditulis dua kali. Sisakan satu.",
    "expression_list_length": "Daftar yang dihitung terlalu panjang. Sederhanakan ekspresinya.",
    "expression_mixed": "Teks dan ekspresi bercampur. Tulis satu ekspresi saja.",
    "expression_number": "Angka ini tidak dapat dibaca. Tulis seperti 1500.75.",
    "expression_prefix_missing": "Ekspresi harus diawali “=” (FEEL) atau ditulis di dalam “${{…}}”.",
    "expression_stack": "Ekspresi bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_steps": "Ekspresi memerlukan terlalu banyak hitungan. Sederhanakan ekspresinya.",
    "expression_syntax": "{where} diharapkan {expected}, {but}.{hint}",
    "expression_text": "Teks ini tidak dapat dibaca. Periksa tanda kutipnya.",
    "expression_text_length": "Teks yang dihitung terlalu panjang. Sederhanakan ekspresinya.",
    "expression_text_open": "Tanda kutip ini tidak ditutup. Tutup tanda kutipnya.",
    "expression_time": "Hitungannya terlalu lama. Sederhanakan ekspresinya.",
    "expression_too_deep": "Ekspresi bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_too_long": "Ekspresi terlalu panjang. Sederhanakan ekspresinya.",
    "condition_not_boolean": "Syarat harus menghasilkan ya atau tidak, tetapi hasilnya {found}. Perbaiki syaratnya.",
    "division_by_zero": "Ada pembagian dengan nol. Periksa angkanya.",
    "function_arguments": "Jumlah isian fungsi “{name}” tidak sesuai. Isiannya: {parameters}.",
    "function_expected": "Kurung “(” di sini memanggil fungsi, padahal di depannya bukan fungsi. Tambahkan tanda hitung di antaranya.",
    "function_external": "Fungsi dari luar (“external”) tidak dijalankan. Tulis fungsinya dalam FEEL.",
    "function_parameter": "Fungsi “{name}” tidak mempunyai isian bernama itu, atau namanya ditulis dua kali. Isiannya: {parameters}.",
    "function_parameter_twice": "Isian “{name}” ditulis dua kali. Sisakan satu.",
    "function_unknown": "Fungsi “{name}” tidak ada dalam FEEL. {near}",
    "juel_call_refused": "Fungsi “{name}” tidak ada dalam “${{…}}”; yang ada hanya now() dan dateTime(). "
    "Hitunglah dengan FEEL: awali ekspresinya dengan “=”.",
    "juel_lambda_refused": "Tanda “->” tidak dijalankan. Pakai FEEL, misalnya “= daftar[nilai > 5]”.",
    "juel_method_refused": "Pemanggilan “{name}(…)” tidak dijalankan, karena menjangkau program Java. {instead}",
    "juel_object_refused": "Objek “{name}” milik mesin lain dan tidak ada di sini. {instead}",
    "method_call_refused": "Pemanggilan “.{name}(…)” tidak dijalankan. Dalam FEEL nilainya ditulis di dalam kurung: {name}(nilai).",
    "formula_now": "Formulir mengenal hari ini, bukan jam: pakai today().",
    "now_unknown": "Di tempat ini waktu sekarang tidak tersedia. Hitung waktunya pada langkah skrip.",
    "number_out_of_reach": "Angka yang dihitung terlalu besar. Periksa angkanya.",
    "operand_kind": "Diharapkan {expected}, tetapi nilainya {found}. Periksa datanya.",
    "pattern_fits_nothing": "Pola “{found}” juga cocok dengan teks kosong, sehingga tidak dapat dipakai di sini. Perketat polanya.",
    "pattern_invalid": "Pola “{found}” tidak dapat dibaca. Perbaiki polanya.",
    "pattern_length": "Polanya lebih panjang dari {limit} huruf. Pendekkan polanya.",
    "pattern_size": "Polanya terlalu besar. Sederhanakan polanya.",
    "pattern_unsupported": "Pola “{found}” tidak dijalankan, karena dapat memakan waktu tanpa batas. Tulis pola yang lebih sederhana.",
    "result_not_storable": "Hasil hitungan tidak dapat disimpan sebagai data. Perbaiki ekspresinya.",
    "temporal_literal": '“{found}” bukan tanggal, jam, atau lama waktu. Tulis seperti @"2026-11-21", @"08:30:00", atau @"P14D".',
    "type_unknown": "Jenis “{name}” tidak ada dalam FEEL. Yang ada antara lain number, string, boolean, date, dan list.",
    "variable_unknown": "Data “{name}” tidak ada dalam perkara ini. Periksa namanya.",
}
"""One sentence a code."""

PARTS: Mapping[str, str] = {
    "value": "nilai",
    "name": "nama",
    "operator": "tanda hitung, pembanding, “and”, atau “or”",
    "type": "nama jenis",
    "end": "akhir tulisan",
}
"""What the code words for parts of an expression mean; marks such as `)` stand for themselves."""

HINTS: Mapping[str, str] = {
    "and_word": "“Dan” ditulis “and”.",
    "at_least": "“Paling sedikit” ditulis “>=”.",
    "at_most": "“Paling banyak” ditulis “<=”.",
    "braces": "Dalam FEEL tidak ada “${…}”; nama data ditulis begitu saja.",
    "decimal_comma": "Angka pecahan ditulis dengan titik, seperti 1.5.",
    "divide_sign": "“Dibagi” ditulis “/”.",
    "double_quotes": "Teks diapit tanda kutip dua.",
    "else_missing": "“if” memerlukan “then” dan “else”.",
    "equals_once": "“Sama dengan” ditulis “=” satu kali.",
    "if_then_else": "“Bila … maka … selain itu” ditulis “if … then … else”.",
    "if_word": "“Bila” ditulis “if”.",
    "lower_case": "Tulis dengan huruf kecil.",
    "minus_sign": "“Dikurangi” ditulis dengan tanda hubung biasa “-”.",
    "modulo_function": "Sisa pembagian ditulis modulo(a, b).",
    "not_function": "“Tidak” ditulis not(…).",
    "not_word": "“Tidak” ditulis not(…).",
    "or_word": "“Atau” ditulis “or”.",
    "percent_sign": "Tanda persen tidak dipakai; 5 persen ditulis 0.05.",
    "power_sign": "Pangkat ditulis “**”.",
    "semicolon": "Satu ekspresi saja; titik koma tidak dipakai.",
    "straight_quotes": 'Teks diapit tanda kutip lurus: "…".',
    "then_missing": "“if” memerlukan “then” dan “else”.",
    "then_word": "“Maka” ditulis “then”.",
    "thousands_points": "Angka ditulis tanpa titik ribuan, seperti 1000000.",
    "times_sign": "“Dikali” ditulis “*”.",
    "unequal_sign": "“Tidak sama dengan” ditulis “!=”.",
}
"""What is said besides when something typical is recognised (`engine.expression.feel_hints`)."""

KINDS: Mapping[str, str] = {
    "null": "kosong",
    "boolean": "ya/tidak",
    "number": "angka",
    "text": "teks",
    "list": "daftar",
    "context": "data bersusun",
    "range": "rentang",
    "function": "fungsi",
    "date": "tanggal",
    "time": "jam",
    "date and time": "tanggal dan jam",
    "days and time duration": "lama waktu dalam hari dan jam",
    "years and months duration": "lama waktu dalam tahun dan bulan",
}
"""What the kinds of values are called (`engine.expression.values.kind_of`)."""

WIDEST = 60
"""Characters of an expression that are shown around the place of an error."""

_AHEAD = 40


def told(problem: Problem) -> str:
    """Say what is wrong with an expression, with its text and the place in it."""
    line, _column = _window(problem)
    reason = reason_of(problem.code, problem.params)
    return _("`{text}` {place}: {reason}").format(
        text=line, place=_place(problem), reason=reason[:1].lower() + reason[1:]
    )


def pointed(problem: Problem) -> tuple[str, str]:
    """Give the line of the expression that is wrong, and a line with a mark that stands under the place."""
    line, column = _window(problem)
    return line, " " * (column - 1) + "^"


def parted(problem: Problem) -> tuple[str, str, str]:
    """Give the wrong line in three: before the place, what was found there (empty behind the end), and what follows."""
    line, column = _window(problem)
    before, rest = line[: column - 1], line[column - 1 :]
    found = str(problem.params.get("found", ""))
    stop = len(found) if found and rest.startswith(found) else 1
    return before, rest[:stop], rest[stop:]


def reason_of(code: str, params: Mapping[str, object]) -> str:
    """Give the sentence of a code without its place; what the params don't say is an ellipsis."""
    text = _(SENTENCES[code])
    said = _spoken(code, params)
    names = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name]
    return text.format(**{name: said.get(name, "…") for name in names}).strip()


def kind_name(kind: str) -> str:
    """Say what a kind of values is called."""
    return _(KINDS[kind]) if kind in KINDS else kind


def _place(problem: Problem) -> str:
    place = _("kolom {column}").format(column=problem.position)
    return (
        _("baris {line} {place}").format(line=problem.line, place=place)
        if problem.line > 1
        else place
    )


def _window(problem: Problem) -> tuple[str, int]:
    """Give the wrong line, cut around the place when it is long, and the column of the place in it."""
    lines = str(problem.params.get("source", "")).split("\n")
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    line = "".join(mark if mark.isprintable() else " " for mark in line)
    start = max(problem.position - _AHEAD, 0) if len(line) > WIDEST else 0
    before, after = "…" if start else "", "…" if len(line) > start + WIDEST else ""
    return f"{before}{line[start : start + WIDEST]}{after}", problem.position - start + len(before)


def _spoken(code: str, params: Mapping[str, object]) -> dict[str, object]:
    """Give the params in words."""
    said: dict[str, object] = {name: str(param) for name, param in params.items()}
    if code == "expression_syntax":
        said |= _syntax(params)
    elif code == "expression_character":
        said["hint"] = _hint(str(params.get("hint", "")))
    elif code in {"function_unknown", "juel_call_refused"}:
        said["near"] = _meant(nearest(str(params.get("name", "")), BUILTINS))
    elif code in {"juel_method_refused", "juel_object_refused"}:
        said["instead"] = _instead(code, str(params.get("instead", "")))
    else:
        said |= {
            name: kind_name(str(params[name])) for name in ("expected", "found") if name in params
        }
    if "expected" in params and code.startswith("function_"):
        said["parameters"] = params["expected"] or _("tidak ada")
    return said


def _syntax(params: Mapping[str, object]) -> dict[str, object]:
    after, found = str(params.get("after", "")), str(params.get("found", ""))
    is_over = found in {"end", ""}
    return {
        "where": _("Sesudah “{after}”").format(after=after) if after else _("Di sini"),
        "expected": _part(str(params.get("expected", ""))),
        "but": _("tetapi tulisannya sudah habis")
        if is_over
        else _("tetapi ada “{found}”").format(found=found),
        "hint": _hint(str(params.get("hint", ""))),
    }


def _hint(code: str) -> str:
    return f" {_(HINTS[code])}" if code in HINTS else ""


def _part(expected: str) -> str:
    return _(PARTS[expected]) if expected in PARTS else f"“{expected or '…'}”"


def _meant(name: str) -> str:
    if name:
        return _("Maksud Anda “{name}”?").format(name=name)
    return _("Pakai fungsi FEEL yang ada.")


def _instead(code: str, instead: str) -> str:
    if code == "juel_object_refused":
        wanted = _("Tulis nama datanya langsung: “{name}”.").format(name=instead)
        return wanted if instead else _("Pakai nama data perkara ini saja.")
    if not instead:
        return _("Hitunglah dengan FEEL: awali ekspresinya dengan “=”.")
    if "(" in instead:
        return _("Pakai FEEL (awali dengan “=”): {instead}.").format(instead=instead)
    return _("Pakai “{instead}”.").format(instead=instead)
