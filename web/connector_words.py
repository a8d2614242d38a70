"""What a connector came to, in Indonesian: what happened, why, and what to do. `web/words.py` takes these in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "connector_unknown": "Topik tugas ini tidak mempunyai penghubung di Alur. Sampaikan kepada pemilik proses.",
    "connector_value": "Ada data perkara yang kosong atau tidak cocok untuk tugas ini. "
    "Koreksilah isiannya lalu ulangi, atau sampaikan kepada pemilik proses.",
    "connector_off": "Alur ini tidak diatur untuk mengerjakan tugas seperti ini. Sampaikan kepada administrator.",
    "connector_address_unusable": "Alamat surel yang dituju tidak dapat dipakai. "
    "Koreksilah alamatnya di isian perkara lalu ulangi, atau laporkan sebagai selesai di luar.",
    "connector_recipient_refused": "Server surel menolak alamat yang dituju. "
    "Koreksilah alamatnya di isian perkara lalu ulangi, atau laporkan sebagai selesai di luar.",
    "http_host_unlisted": "Peringatan: peta ini memanggil {host}, yang tidak ada di ALUR_HTTP_HOSTS. "
    "Sampai administrator mencantumkannya, setiap panggilan menjadi kendala.",
    "http_host_not_listed": "Alamat itu tidak ada di daftar yang boleh dipanggil. "
    "Mintalah administrator mencantumkannya di ALUR_HTTP_HOSTS, lalu ulangi.",
    "http_name_unknown": "Nama host layanan itu tidak ditemukan. Periksa namanya dan sambungan internet, lalu ulangi.",
    "http_address_private": "Nama host itu menunjuk ke jaringan dalam dan tidak dipanggil. "
    "Bila memang layanan kantor sendiri, mintalah administrator mencantumkannya beserta portnya, lalu ulangi.",
    "http_unreachable": "Layanan itu tidak dapat dihubungi. Periksa sambungan dan apakah layanannya berjalan, lalu ulangi.",
    "http_certificate": "Sertifikat layanan itu tidak dapat dipercaya. Sampaikan kepada pengelolanya, lalu ulangi.",
    "http_slow": "Layanan itu tidak selesai menjawab pada waktunya. Ulangi nanti.",
    "http_unfit": "Jawaban layanan itu terputus atau rusak. Ulangi nanti.",
    "http_too_large": "Jawaban layanan itu terlalu besar. Sampaikan kepada pemilik proses.",
    "http_not_json": "Jawaban layanan itu bukan JSON. Periksa alamatnya, lalu ulangi.",
    "http_redirect": "Layanan itu mengalihkan ke alamat lain, yang tidak diikuti. Perbaiki alamatnya di peta proses.",
    "http_later": "Layanan itu sedang terganggu atau sibuk. Ulangi nanti.",
    "http_refused": "Layanan itu menolak permintaannya. Periksa data perkara, lalu ulangi.",
    "letter_register_missing": "Kantor ini belum mempunyai register untuk nomor itu, atau nomornya diberikan sistem lain. "
    "Atur registernya di halaman Buku agenda, lalu ulangi.",
    "letter_not_complete": "Nomor surat belum dapat diambil: klasifikasi atau unitnya belum ada. "
    "Koreksilah isiannya lalu ulangi, atau sampaikan kepada pemilik proses.",
    "incident_gone": "Kendala ini sudah selesai. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "incident_not_retried": "Kendala ini tidak dapat diulang: yang dikerjakan sudah tidak ada. Lihat perkaranya.",
    "incident_not_dropped": "Kendala ini tidak dapat dihentikan begitu saja: ada langkah yang menunggunya. "
    "Ulangi, atau laporkan sebagai selesai di luar.",
    "work_not_failed": "Langkah ini masih dikerjakan Alur. Laporkan sebagai selesai di luar hanya bila sudah menjadi kendala.",
    "work_gone": "Langkah ini tidak lagi menunggu. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "not_allowed_incident": "Kendala ini hanya dapat ditangani pemegang jabatan langkahnya, atasannya, "
    "pemilik proses, atau administrator.",
    "not_allowed_work": "Langkah ini hanya dapat dilaporkan oleh pemegang jabatan lajurnya. "
    "Mintalah pemegang jabatannya melaporkannya.",
}
"""One sentence a code."""
