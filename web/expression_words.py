"""What is wrong with an expression in a drawing, in Indonesian; `{column}` is the place in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "expression_brace_open": "Kurung kurawal pada kolom {column} tidak ditutup. Tambahkan “}}”.",
    "expression_character": "Tanda pada kolom {column} tidak dikenal. Hapus atau ganti tandanya.",
    "expression_data_depth": "Data yang dihitung bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_empty": "Ekspresinya kosong. Isi, atau hapus.",
    "expression_key_twice": "Kunci pada kolom {column} ditulis dua kali. Sisakan satu.",
    "expression_list_length": "Daftar yang dihitung terlalu panjang. Sederhanakan ekspresinya.",
    "expression_mixed": "Teks dan ekspresi bercampur. Tulis satu ekspresi saja.",
    "expression_number": "Angka pada kolom {column} tidak dapat dibaca. Tulis seperti 1500.75.",
    "expression_prefix_missing": "Ekspresi harus diawali “=” (FEEL) atau ditulis di dalam “${{…}}”.",
    "expression_stack": "Ekspresi bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_steps": "Ekspresi memerlukan terlalu banyak hitungan. Sederhanakan ekspresinya.",
    "expression_syntax": "Pada kolom {column} ada “{found}”, padahal yang diharapkan {expected}. Perbaiki tulisannya.",
    "expression_text": "Teks pada kolom {column} tidak dapat dibaca. Periksa tanda kutipnya.",
    "expression_text_length": "Teks yang dihitung terlalu panjang. Sederhanakan ekspresinya.",
    "expression_text_open": "Tanda kutip pada kolom {column} tidak ditutup. Tutup tanda kutipnya.",
    "expression_too_deep": "Ekspresi bertumpuk terlalu dalam. Sederhanakan ekspresinya.",
    "expression_too_long": "Ekspresi terlalu panjang. Sederhanakan ekspresinya.",
    "condition_not_boolean": "Syarat tidak menghasilkan ya atau tidak. Perbaiki syaratnya.",
    "division_by_zero": "Ada pembagian dengan nol. Periksa angkanya.",
    "function_arguments": "Jumlah isian fungsi “{name}” tidak sesuai. Periksa penulisannya.",
    "function_parameter": "Isian fungsi “{name}” tidak dikenal. Periksa penulisannya.",
    "function_unknown": "Fungsi “{name}” tidak dikenal. Pakai fungsi FEEL yang ada.",
    "juel_call_refused": "Alur tidak menjalankan pemanggilan dalam “${{…}}”. Pakai nama data dan perbandingan saja.",
    "number_out_of_reach": "Angka yang dihitung terlalu besar. Periksa angkanya.",
    "operand_kind": "Jenis data pada kolom {column} tidak cocok untuk hitungan ini. Periksa datanya.",
    "result_not_storable": "Hasil hitungan tidak dapat disimpan sebagai data. Perbaiki ekspresinya.",
    "variable_unknown": "Data “{name}” tidak ada dalam perkara ini. Periksa namanya.",
}
"""One sentence a code."""

PARTS: Mapping[str, str] = {
    "value": "data, angka, atau teks",
    "name": "nama data",
    "operator": "tanda hitung atau pembanding",
    "end": "akhir tulisan",
}
"""What the code words for parts of an expression mean; marks such as `)` stand for themselves."""


def spoken(params: Mapping[str, object]) -> dict[str, object]:
    """Give the params of an unreadable expression, with what was found and what was expected there in words."""
    said = dict(params)
    if params.get("found") == "end":
        said["found"] = _(PARTS["end"])
    if "expected" in params:
        expected = str(params["expected"])
        said["expected"] = _(PARTS[expected]) if expected in PARTS else f"“{expected}”"
    return said
