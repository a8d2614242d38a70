"""What the gate finds about service tasks and connectors, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP, _ELEMENT = "Langkah", "Elemen"

ROWS: Mapping[str, tuple[str, str, str]] = {
    "service_without_topic": (
        _STEP,
        "tugas layanan ini belum menyebut siapa yang mengerjakannya.",
        "Pilih “External” sebagai Implementation dan isi Topic: alur.surel, alur.http, alur.nomor, atau topik sistem luar.",
    ),
    "service_topic": (
        _STEP,
        "topik “{text}” terlalu panjang atau memuat tanda yang tidak dapat dicetak.",
        "Pakai topik yang pendek, misalnya oss.permohonan.",
    ),
    "service_lane_missing": (
        _STEP,
        "tidak berada di lajur mana pun, sehingga tidak jelas siapa yang melaporkannya bila dikerjakan di luar.",
        "Letakkan di lajur jabatan yang mengurusnya.",
    ),
    "service_fields_place": (
        _ELEMENT,
        "memuat “hasil.isian”, yang hanya untuk tugas layanan.",
        "Hapus properti itu, atau pindahkan ke tugas layanannya.",
    ),
    "service_fields": (
        _STEP,
        "“hasil.isian” memuat “{text}”, yang tidak dapat diisi saat melapor.",
        "Tulis nama data dipisah koma; data yang tidak ada di formulir mana pun boleh diberi jenis: {known}.",
    ),
    "connector_unknown": (
        _STEP,
        "topik “{topic}” tidak ada; topik yang diawali “alur.” hanya: {known}.",
        "Pakai salah satunya, atau topik lain untuk sistem luar.",
    ),
    "connector_place": (
        _ELEMENT,
        "memuat “{property}”, yang hanya untuk tugas layanan bertopik {topic}.",
        "Hapus properti itu, atau pindahkan ke tugas layanannya.",
    ),
    "connector_property_unknown": (
        _STEP,
        "properti “{property}” tidak dikenal.",
        "Perbaiki namanya, atau hapus; yang dikenal: {known}.",
    ),
    "connector_property_missing": (
        _STEP,
        "“{property}” belum diisi.",
        "Isi di bagian Extension properties di Camunda Modeler.",
    ),
    "connector_expression_invalid": (_STEP, "“{property}” tidak dapat dibaca.", "{error}"),
    "connector_address": (
        _STEP,
        "“surel.kepada” berisi “{text}”, yang bukan satu alamat surel.",
        "Isi satu alamat, misalnya dinas@contoh.go.id, atau ekspresi yang menunjuk data perkara.",
    ),
    "connector_host": (
        _STEP,
        "“http.alamat” berisi “{text}”; skema dan nama hostnya harus tertulis langsung.",
        "Tulis seperti https://layanan.contoh.go.id/api/; data perkara hanya boleh sesudah nama host, tanpa spasi.",
    ),
    "connector_method": (
        _STEP,
        "“http.metode” berisi “{text}”.",
        "Isi GET, POST, atau PUT; bila kosong: POST bila ada yang dikirim, selain itu GET.",
    ),
    "connector_body_unsent": (
        _STEP,
        "“http.isi” tidak dikirim dengan metode GET.",
        "Hapus isinya, atau pilih POST atau PUT.",
    ),
    "connector_body_plain": (
        _STEP,
        "“{property}” harus berupa satu ekspresi. {error}",
        "Tulis ekspresi FEEL yang diawali tanda sama dengan, misalnya =nomor_permohonan.",
    ),
    "connector_result": (
        _STEP,
        "“http.hasil” berisi “{name}”, yang tidak dapat menjadi nama data.",
        "Pakai huruf, angka, dan garis bawah, diawali huruf; misalnya jawaban_oss.",
    ),
}
"""One row a code: what it is found at, what is wrong and why, and what to do."""
