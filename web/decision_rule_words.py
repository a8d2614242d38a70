"""What the gate finds about decisions and business rule tasks, in Indonesian; `web/rule_words.py` takes these rows in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP, _DECISION, _FILE = "Langkah", "Keputusan", "Berkas"

ROWS: Mapping[str, tuple[str, str, str]] = {
    # the business rule task
    "decision_empty": (
        _STEP,
        "tugas aturan ini belum menyebut keputusan mana yang dipakai.",
        "Pilih “DMN” sebagai Implementation dan isi Decision reference dengan id keputusannya.",
    ),
    "decision_expression": (
        _STEP,
        "keputusannya ditulis sebagai ekspresi “{text}”; keputusan yang dipakai harus pasti sejak diberlakukan.",
        "Isi Decision reference dengan id keputusannya; bila keputusannya bergantung data, pakai gerbang dengan satu tugas aturan di tiap cabang.",
    ),
    "decision_tenant": (
        _STEP,
        "menyebut Tenant ID, padahal keputusan selalu dicari di kantor sendiri.",
        "Kosongkan Tenant ID.",
    ),
    "decision_attribute": (
        _STEP,
        "menyebut “{attribute}” pada keputusannya, yang tidak dikenal.",
        "Hapus sifat itu.",
    ),
    "decision_mapping": (
        _STEP,
        "Map decision result berisi “{text}”, yang tidak dikenal.",
        "Pilih salah satu: {known}.",
    ),
    "decision_result_missing": (
        _STEP,
        "hasil keputusannya tidak disimpan di mana pun (Result variable: “{text}”).",
        "Isi Result variable dengan nama data: huruf, angka, dan garis bawah, diawali huruf.",
    ),
    "decision_binding": (
        _STEP,
        "Binding berisi “{text}”, yang tidak dikenal.",
        "Pilih salah satu: {known}.",
    ),
    "decision_version": (
        _STEP,
        "Binding-nya “version”, tetapi nomor versinya belum diisi.",
        "Isi Version dengan bilangan bulat mulai dari 1.",
    ),
    "decision_tag": (
        _STEP,
        "Binding-nya “versionTag”, tetapi tandanya belum diisi.",
        "Isi Version tag dengan tanda versi keputusannya.",
    ),
    "decision_unknown": (
        _STEP,
        "keputusan “{decision}” tidak ada di antara berkas ini dan belum berlaku di kantor ini.",
        "Sertakan berkas DMN-nya, atau perbaiki idnya.",
    ),
    "decision_not_brought": (
        _STEP,
        "keputusan “{decision}” tidak ada di antara berkas ini, padahal Binding-nya “deployment”.",
        "Sertakan berkas DMN-nya, atau pilih Binding “latest”.",
    ),
    "decision_version_unknown": (
        _STEP,
        "keputusan “{decision}” tidak mempunyai versi {version}.",
        "Perbaiki nomor versinya, atau pilih Binding “latest”.",
    ),
    "decision_tag_unknown": (
        _STEP,
        "keputusan “{decision}” tidak mempunyai versi bertanda “{tag}”.",
        "Perbaiki tandanya, atau berlakukan dahulu berkas DMN yang bertanda itu.",
    ),
    "decision_lays_open": (
        _STEP,
        "keputusannya memakai data pribadi ({taken}), tetapi hasilnya akan disimpan terbuka sebagai “{variable}”.",
        "Tandai isian “{variable}” pada formulirnya sebagai data pribadi, atau jangan pakai data pribadi itu pada tabelnya.",
    ),
    # DMN files
    "file_not_dmn": (
        _FILE,
        "Berkas ini XML, tetapi bukan keputusan DMN.",
        "Pilih berkas keputusannya.",
    ),
    "file_dmn_version": (
        _FILE,
        "Berkas ini ditulis menurut DMN {found}; yang dibaca DMN 1.3 sampai 1.5.",
        "Buka dan simpan ulang dengan Camunda Modeler versi 5.",
    ),
    "file_no_decision": (_FILE, "Berkas ini tidak memuat keputusan.", "Buat keputusannya dahulu."),
    "file_too_many_cells": (
        _FILE,
        "Berkas ini memuat lebih dari {limit} sel.",
        "Pecah menjadi beberapa berkas.",
    ),
    "decision_twice": (
        _DECISION,
        "id ini juga ada di berkas {other}.",
        "Ganti id salah satunya, atau sisakan satu berkas.",
    ),
    "decision_cell_invalid": (_DECISION, "{place} tidak dapat dibaca: “{text}”.", "{error}"),
    "attribute_ignored": (
        _FILE,
        "“{found}” di berkas ini tidak dipakai Alur.",
        "Boleh dibiarkan bila hasilnya memang tidak bergantung padanya.",
    ),
    "decision_not_required": (
        _DECISION,
        "{place} memakai nama “{found}” dari keputusan lain tanpa garis yang menghubungkannya.",
        "Hubungkan kedua keputusan itu pada diagramnya (Information Requirement).",
    ),
    "table_gap": (
        _DECISION,
        "tidak ada baris yang cocok bila {region}.",
        "Tambahkan barisnya, atau biarkan bila nilai itu tidak mungkin.",
    ),
    "table_overlap": (
        _DECISION,
        "baris {rows} sama-sama cocok bila {region}, padahal hanya satu yang boleh; perkaranya akan terhenti.",
        "Persempit salah satunya, atau pilih hit policy lain.",
    ),
    "table_overlap_differs": (
        _DECISION,
        "baris {rows} sama-sama cocok bila {region} tetapi hasilnya berbeda; perkaranya akan terhenti.",
        "Samakan hasilnya, atau persempit salah satunya.",
    ),
    "table_rule_covered": (
        _DECISION,
        "baris {rows} tidak pernah berlaku: tertutup oleh baris {by}.",
        "Hapus baris itu, atau ubah urutannya.",
    ),
    "table_rule_impossible": (
        _DECISION,
        "{place} tidak pernah cocok dengan nilai apa pun.",
        "Perbaiki isinya, atau hapus barisnya.",
    ),
    "table_output_value": (
        _DECISION,
        "{place} memberi hasil yang tidak ada pada daftar nilai kolomnya.",
        "Perbaiki hasilnya, atau tambahkan ke daftar nilainya.",
    ),
    "table_not_checked": (
        _DECISION,
        "celah dan tumpang-tindih tabel ini tidak diperiksa, karena {reason} ({place}).",
        "Periksa sendiri, atau tulis selnya sebagai perbandingan dengan nilai yang pasti.",
    ),
    "dmn_import": (
        _FILE,
        "memakai isi berkas DMN lain (import “{found}”).",
        "Pindahkan isinya ke berkas ini.",
    ),
    "dmn_id": (
        _DECISION,
        "idnya kosong atau dipakai dua kali (“{found}”).",
        "Beri id yang berbeda pada tiap keputusan dan masukan.",
    ),
    "dmn_reference": (
        _DECISION,
        "memerlukan “{found}”, yang tidak ada di berkas ini.",
        "Hapus garisnya, atau gambar lagi keputusan yang diperlukan.",
    ),
    "dmn_circle": (
        _DECISION,
        "keputusan saling memerlukan berputar: {found}.",
        "Putuskan salah satu garisnya.",
    ),
    "dmn_logic_missing": (
        _DECISION,
        "{place} belum berisi tabel atau ekspresi.",
        "Isi di Camunda Modeler.",
    ),
    "dmn_service_empty": (
        _DECISION,
        "layanan keputusan ini tidak memberi keputusan apa pun.",
        "Tentukan keputusan hasilnya.",
    ),
    "dmn_expression_unsupported": (
        _DECISION,
        "memakai bentuk “{found}”, yang tidak dapat dijalankan.",
        "Ganti dengan tabel keputusan atau ekspresi FEEL.",
    ),
    "dmn_language": (
        _DECISION,
        "{place} ditulis dalam bahasa {found}: “{text}”.",
        "Tulis dalam FEEL, dan pilih FEEL sebagai bahasa ekspresinya.",
    ),
    "dmn_type": (
        _DECISION,
        "{place} memakai jenis “{found}”, yang tidak dikenal.",
        "Pilih string, number, boolean, date, time, atau dateTime.",
    ),
    "dmn_type_circle": (
        _DECISION,
        "jenis “{found}” menunjuk dirinya sendiri.",
        "Perbaiki definisi jenisnya.",
    ),
    "dmn_context_result": (
        _DECISION,
        "hasil pada konteksnya tidak berada di baris terakhir.",
        "Letakkan hasilnya di baris terakhir.",
    ),
    "dmn_invocation_empty": (
        _DECISION,
        "pemanggilannya tidak menyebut fungsi.",
        "Isi nama pengetahuan yang dipanggil.",
    ),
    "dmn_function_kind": (
        _DECISION,
        "fungsinya berjenis {found}; yang dijalankan hanya FEEL.",
        "Tulis fungsinya dalam FEEL.",
    ),
    "dmn_input_empty": (
        _DECISION,
        "{place} belum menyebut data yang diuji.",
        "Isi ekspresi masukannya, misalnya skor.",
    ),
    "dmn_output_missing": (
        _DECISION,
        "tabelnya tidak mempunyai kolom hasil.",
        "Tambahkan kolom hasil.",
    ),
    "dmn_output_name": (
        _DECISION,
        "nama kolom hasil “{found}” kosong atau dipakai dua kali.",
        "Beri nama yang berbeda pada tiap kolom hasil.",
    ),
    "dmn_cells": (
        _DECISION,
        "baris {row} mempunyai {found} sel, padahal kolomnya {expected}.",
        "Buka dan simpan ulang dari Camunda Modeler.",
    ),
    "dmn_hit_policy": (
        _DECISION,
        "hit policy “{found}” tidak dikenal.",
        "Pilih salah satu: {expected}.",
    ),
    "dmn_aggregation": (
        _DECISION,
        "penggabungan “{found}” tidak dapat dipakai di sini.",
        "Pilih hit policy COLLECT dengan salah satu: {expected}.",
    ),
    "dmn_aggregation_outputs": (
        _DECISION,
        "penggabungan hanya untuk satu kolom hasil, padahal ada {found}.",
        "Sisakan satu kolom hasil, atau pakai COLLECT tanpa penggabungan.",
    ),
    "dmn_priority_values": (
        _DECISION,
        "hit policy {policy} memerlukan urutan nilai, tetapi {place} tidak menyebutnya.",
        "Isi daftar nilai hasil, dari yang paling utama.",
    ),
}
"""One row a code: what it is found at, what is wrong and why, and what to do."""
