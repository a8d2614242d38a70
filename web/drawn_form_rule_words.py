"""What the gate finds about forms in the drawing itself, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP = "Langkah"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "form_key_elsewhere": (
        "Elemen",
        "memakai formulir “{text}”, yang disimpan di luar paket ini.",
        "Pilih “Camunda form (linked)” dan isi “Form ID”, atau “camunda-forms:deployment:nama.form”; lalu sertakan berkas .form-nya.",
    ),
    "form_at_start": (
        "Peristiwa awal",
        "mempunyai formulir, padahal perkara dimulai tanpa isian.",
        "Pindahkan formulirnya ke tugas pengguna pertama sesudahnya.",
    ),
    "drawn_field_name": (
        _STEP,
        "isian “{name}” pada “Generated form” tidak dapat menjadi nama data.",
        "Isi “ID” dengan huruf, angka, dan garis bawah, diawali huruf, dan bukan kata FEEL.",
    ),
    "drawn_field_twice": (
        _STEP,
        "isian “{name}” pada “Generated form” ada dua kali.",
        "Beri tiap isian “ID” sendiri.",
    ),
    "drawn_field_type": (
        _STEP,
        "isian “{name}” berjenis “{text}”, yang tidak didukung.",
        "Pilih salah satu: {known}; untuk jenis lain buat berkas .form.",
    ),
    "drawn_field_rule": (
        _STEP,
        "isian “{name}” memakai aturan “{text}”, yang tidak didukung untuk jenisnya.",
        "Yang didukung: {known}; min dan max untuk long, minlength dan maxlength untuk string, dengan bilangan bulat.",
    ),
    "drawn_field_options": (
        _STEP,
        "isian pilihan “{name}” belum mempunyai pilihan, atau pilihannya tanpa “ID” atau kembar.",
        "Isi “Values” dengan “ID” yang berbeda-beda.",
    ),
    "drawn_field_pattern": (
        _STEP,
        "isian tanggal “{name}” memakai pola “{text}”, yang bukan tanggal saja.",
        "Kosongkan “Date pattern”, atau isi misalnya dd/MM/yyyy.",
    ),
    "drawn_field_default": (
        _STEP,
        "nilai awal isian “{name}”, yaitu “{text}”, tidak sesuai dengan jenisnya.",
        "Isi nilai dari jenisnya, bukan ekspresi; nilai dari data perkara tampil dengan sendirinya.",
    ),
    "drawn_field_property": (
        _STEP,
        "isian “{name}” mempunyai properti “{property}”, yang tidak berarti apa-apa di sini.",
        "Hapus, atau biarkan bila dipakai program lain. Yang dikenal: pribadi, jenis.",
    ),
}
