"""What is wrong with the database, in Indonesian: what, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "database_url_unsupported": "Alamat basis data “{database}” tidak dikenal. Isi ALUR_DATABASE_URL dengan "
    "sqlite:///nama-berkas atau postgresql://….",
    "database_folder_missing": "Folder untuk basis data {database} tidak ada. Buat foldernya, atau ganti ALUR_DATABASE_URL.",
    "database_missing": "Basis data {database} tidak ada. Periksa ALUR_DATABASE_URL.",
    "database_in_use": "Basis data {database} sedang dipakai Alur yang lain. Hentikan yang itu dahulu, atau pakai PostgreSQL.",
    "database_locked": "Basis data {database} dikunci program lain. Tutup program itu, lalu ulangi.",
    "database_read_only": "Basis data {database} hanya dapat dibaca. Beri izin tulis pada berkas dan foldernya.",
    "database_damaged": "Berkas {database} rusak atau bukan basis data. Pulihkan dari cadangan.",
    "database_foreign": "Basis data {database} berisi tabel milik program lain. Pakai basis data yang kosong.",
    "database_replaced": "Berkas {database} diganti atau dihapus saat Alur berjalan. Kembalikan berkasnya, lalu jalankan ulang Alur.",
    "database_unreachable": "Basis data {database} tidak dapat dibuka. Periksa alamat, izin, dan apakah servernya berjalan.",
    "database_not_durable": "Basis data {database} disetel tanpa jaminan simpan. Perbaiki setelannya, lalu jalankan ulang.",
    "database_busy": "Basis data sedang sangat sibuk. Tidak ada yang berubah; ulangi sebentar lagi.",
    "database_closed": "Alur sedang dihentikan. Ulangi sesudah berjalan kembali.",
    "database_failed": "Basis data {database} tidak menjawab semestinya. Tidak ada yang berubah; lihat catatan galat.",
    "disk_full": "Tempat penyimpanan basis data {database} penuh. Tidak ada yang berubah; kosongkan ruang, lalu ulangi.",
    "schema_too_new": "Basis data {database} dibuat oleh Alur yang lebih baru. Pakai Alur versi itu.",
    "schema_too_old": "Basis data {database} dibuat oleh Alur yang lebih lama dan belum dimutakhirkan.",
    "sqlite_too_old": "Pustaka SQLite di komputer ini terlalu lama. Mutakhirkan Python atau SQLite.",
    "value_unstorable": "Teks yang dikirim berisi tanda yang tidak dapat disimpan. Ketik ulang teksnya.",
}
"""One sentence a code."""
