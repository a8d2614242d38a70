"""What is wrong with a change of the office, in Indonesian: what, why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "not_administrator": "Hanya administrator yang dapat mengubah unit, jabatan, pegawai, dan kalender kerja.",
    "lane_lost": "Jabatan Anda sudah tidak mewakili lajur tugas “{task}”, sehingga tugas ini tidak dapat lagi Anda kerjakan. "
    "Mintalah atasan atau administrator mengalihkannya.",
    "office_changed": "Keterangan ini baru saja diubah orang lain. Muat ulang halaman untuk melihat yang sekarang, lalu ulangi.",
    "handover_changed": "Ada {count} tugas lain yang sejak tadi masuk ke meja pegawai ini. "
    "Tentukan juga penerimanya, lalu kirim lagi.",
    "name_missing": "Nama belum diisi.",
    "name_long": "Isian terlalu panjang; paling banyak {limit} huruf.",
    "name_characters": "Isian berisi tanda yang tidak terlihat. Ketik ulang, jangan ditempel.",
    "code_shape": "Kode “{given}” tidak dapat dipakai: mulailah dengan huruf kecil, lalu hanya huruf kecil, angka, dan garis bawah.",
    "code_taken": "Kode “{given}” sudah dipakai unit atau jabatan lain. Pilih kode lain.",
    "lane_shape": "“{lane}” bukan kode lajur: hanya huruf, angka, garis bawah, titik, dan tanda hubung.",
    "unit_has_posts": "Unit “{name}” masih mempunyai jabatan: {posts}. Tutup atau pindahkan dahulu jabatannya.",
    "unit_unknown": "Pilih unit yang masih ada.",
    "superior_unknown": "Pilih atasan yang masih ada, atau kosongkan.",
    "post_circle": "Jabatan “{name}” akan menjadi atasannya sendiri. Pilih atasan yang lain.",
    "post_held": "Jabatan “{name}” masih dipegang {holders}. Akhiri dahulu masa jabatannya.",
    "post_leads": "Jabatan “{name}” masih menjadi atasan dari {posts}. Ganti dahulu atasannya.",
    "post_closed": "Jabatan “{name}” sudah ditutup. Buka lagi, atau pilih jabatan lain.",
    "standing_range": "Urutan harus angka 0 sampai {limit}.",
    "role_missing": "Pilih paling sedikit satu peran.",
    "last_administrator": "{name} adalah satu-satunya administrator. Beri dahulu peran itu kepada orang lain.",
    "close_self": "Akun sendiri tidak dapat ditutup. Mintalah administrator lain.",
    "person_open": "Akun {name} masih terbuka.",
    "person_closed": "Akun {name} sudah ditutup.",
    "letter_missing": "Nomor surat penugasan Plh. atau Plt. belum diisi.",
    "plh_end_missing": "Plh. hanya untuk sementara: isi tanggal berakhirnya.",
    "holding_order": "Tanggal berakhir harus sesudah tanggal mulai.",
    "holding_over": "Masa jabatan itu sudah berakhir.",
    "holding_extended": "Masa Plh. atau Plt. tidak diperpanjang di sini: tambah masa baru dengan nomor surat yang baru.",
    "holding_overlaps": "{name} sudah memegang jabatan “{post}” pada masa itu. Ubah tanggalnya, atau akhiri dahulu yang itu.",
    "day_shape": "“{given}” bukan tanggal. Tulis seperti 5 Desember 2026 atau 5/12/2026.",
    "post_missing": "Pilih jabatannya.",
    "import_no_file": "Pilih dahulu berkas CSV-nya.",
    "import_large": "Berkas terlalu besar: paling banyak {limit} kB. Bagi menjadi beberapa berkas.",
    "import_encoding": "Tulisan di berkas ini tidak dapat dibaca. Di Excel pilih Simpan Sebagai, lalu “CSV UTF-8”.",
    "import_broken": "Baris {line} rusak: tanda kutipnya tidak berpasangan. Simpan ulang berkasnya sebagai CSV.",
    "import_empty": "Tidak ada baris pegawai di berkas ini. Isi mulai baris kedua, di bawah nama kolom.",
    "import_many": "Berkas berisi lebih dari {limit} baris. Bagi menjadi beberapa berkas.",
    "import_missing": "Kolom {columns} tidak ada. Baris pertama harus berisi nama kolom seperti pada berkas contoh.",
    "import_unknown": "Kolom {columns} tidak dikenal. Ganti namanya seperti pada berkas contoh, atau hapus.",
    "import_twice": "Kolom {columns} ada lebih dari satu. Hapus salah satunya.",
    "import_beyond": "Ada isian di luar kolom yang bernama. Hapus, atau beri tanda kutip pada isian yang berisi pemisah.",
    "import_characters": "Kolom {column} berisi tanda yang tidak terlihat. Ketik ulang isiannya.",
    "import_formula": "Kolom {column} berisi rumus. Tulis nilainya, tanpa =, +, -, atau @ di depan.",
    "import_post": "Jabatan “{given}” tidak ada. Mungkin maksudnya: {near}.",
    "import_post_twice": "Ada beberapa jabatan bernama “{given}”. Pakai kodenya.",
    "import_role": "Peran “{given}” tidak dikenal. Yang ada: {known}.",
    "import_acting": "“{given}” tidak dikenal. Tulis Plh, Plt, atau kosongkan.",
    "import_other_name": "Nama masuk “{login}” sudah dipakai {name}. Samakan namanya, atau pakai nama masuk lain.",
    "import_known": "Pegawai ini sudah ada; surel dan perannya diubah pada halamannya. Kosongkan kedua kolom itu.",
    "agency_none": "Basis data ini masih kosong. Buat dahulu kantor dan administratornya dengan "
    "`alur user add NAMA_MASUK --name NAMA --agency KODE --agency-name NAMA_KANTOR`.",
    "agency_taken": "Kantor “{agency}” sudah ada. Hilangkan --agency-name untuk menambah akun di kantor itu.",
    "agency_missing": "Basis data ini masih kosong. Sebutkan kantornya: --agency KODE --agency-name NAMA_KANTOR (dan --zone bila bukan WIB).",
    "zone_unknown": "Zona waktu “{zone}” tidak dikenal. Pakai Asia/Jakarta (WIB), Asia/Makassar (WITA), atau Asia/Jayapura (WIT).",
    "end_past": "Tanggal berakhir sudah lewat. Pilih hari ini atau sesudahnya.",
}
"""One sentence a code."""
