"""Why a package of process maps was not checked or not put in force, in Indonesian. One line a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "upload_none": "Belum ada berkas yang dipilih. Pilih berkas .bpmn beserta formulir (.form) dan tabel keputusannya (.dmn).",
    "upload_many": "Berkasnya {count}, paling banyak {limit} sekali periksa. Pilih lebih sedikit, lalu periksa lagi.",
    "upload_large": "Semua berkas bersama-sama lebih dari {limit} MB. Periksa sebagian dahulu, lalu sisanya.",
    "upload_file_large": "Berkas “{file}” lebih dari {limit} MB, terlalu besar untuk peta proses. "
    "Periksa apakah berkasnya benar; bila memuat gambar, hapus gambarnya.",
    "upload_file_empty": "Berkas “{file}” kosong. Simpan ulang dari Camunda Modeler, lalu pilih lagi.",
    "upload_zip": "Berkas “{file}” adalah arsip zip. Buka arsipnya dahulu, lalu pilih berkas-berkas di dalamnya.",
    "upload_twice": "Ada dua berkas bernama “{file}”. Ganti nama salah satunya, atau pilih hanya satu.",
    "upload_gone": "Hasil pemeriksaan ini sudah tidak tersimpan. Pilih berkasnya sekali lagi, lalu periksa.",
    "in_force_changed": "Sejak Anda memeriksa, “{name}” sudah diganti orang lain: sekarang yang berlaku versi {version}. "
    "Tidak ada yang berubah oleh Anda. Bila berkas Anda tetap hendak menggantikannya, tekan Berlakukan sekali lagi.",
}
"""One sentence a code."""
