"""What a code means, in Indonesian: what happened, why, and what to do. One line a code.

A code comes from `AlurError.code`, its `params` fill the sentence. A code that has no line is worded by the kind of its
error, so a page never shows a code alone.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from engine import errors
from engine.clock import from_text
from engine.decision import DecisionFailed
from engine.expression import EvaluationFailed, ExpressionInvalid
from web import (
    calendar_words,
    connector_words,
    decision_failed_words,
    expression_words,
    message_words,
    notice_words,
    office_words,
    storage_words,
    timer_words,
    upload_words,
)
from web.i18n import DEFAULT_ZONE, _, long_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

SENTENCES: Mapping[str, str] = {
    **expression_words.SENTENCES,
    **storage_words.SENTENCES,
    **office_words.SENTENCES,
    **notice_words.SENTENCES,
    **calendar_words.SENTENCES,
    **connector_words.SENTENCES,
    **timer_words.SENTENCES,
    **message_words.SENTENCES,
    **decision_failed_words.SENTENCES,
    **upload_words.SENTENCES,
    # commands on a task or a case
    "not_found": "Halaman atau perkara ini tidak ada, atau bukan untuk Anda. Periksa alamatnya, atau cari dari daftar.",
    "not_allowed_lane": "Tugas ini bukan untuk jabatan Anda. Mintalah pemegang jabatannya mengerjakannya.",
    "not_allowed_starter": "Proses ini hanya dapat dimulai oleh jabatan atau orang yang disebut petanya. Mintalah mereka memulainya.",
    "not_allowed_start": "Jabatan Anda tidak dapat memulai proses ini. Pilih proses lain dari daftar.",
    "not_allowed_cancel": "Anda tidak dapat membatalkan perkara ini. "
    "Mintalah jabatan yang memulainya, pemilik proses, atau administrator.",
    "task_completed": "Tugas ini sudah diselesaikan oleh {who} pada {at}. Tidak ada yang perlu dikirim lagi.",
    "task_cancelled": "Tugas ini sudah tidak diperlukan lagi. Lihat riwayat perkaranya.",
    "task_held": "Tugas ini sedang dikerjakan oleh {who} sejak {since}. Hubungi yang bersangkutan bila Anda yang harus mengerjakannya.",
    "task_changed": "Tugas ini baru saja diubah oleh {who} pada {at}. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "task_not_held": "Tugas ini tidak sedang Anda pegang. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "instance_ended": "Perkara ini sudah berakhir. Lihat riwayatnya; tidak ada lagi yang dapat diubah.",
    "instance_changed": "Perkara ini baru saja berubah. Muat ulang halaman, lalu ulangi bila masih perlu.",
    "request_reused": "Permintaan ini sudah pernah dikirim dengan isi yang lain. Muat ulang halaman, lalu ulangi.",
    "task_there_already": "Tugas “{task}” sudah ada pada {who}. Tidak ada yang perlu diubah.",
    "follow_up_past": "Tanggal tindak lanjut harus sesudah hari ini. Pilih tanggal yang lain.",
    "follow_up_far": "Tanggal tindak lanjut paling jauh {limit} hari lagi. Pilih tanggal yang lebih dekat.",
    "follow_up_shape": "Tanggal tindak lanjut tidak dapat dibaca. Tulis seperti 2026-12-05, atau pilih dari kalender.",
    "no_task_chosen": "Belum ada tugas yang dipilih. Centang dahulu tugasnya.",
    "too_many_tasks": "Paling banyak {limit} tugas sekaligus. Pilih lebih sedikit.",
    "task_needs_opening": "Tugas “{task}” mempunyai isian wajib. Bukalah tugasnya dan isi di sana.",
    "reason_missing": "Alasan belum diisi. Tuliskan alasannya, lalu kirim lagi.",
    "reason_long": "Alasan terlalu panjang; paling banyak {limit} huruf. Ringkas alasannya.",
    "person_not_eligible": "Orang itu tidak memegang jabatan untuk tugas ini. Pilih orang lain.",
    "draft_large": "Konsep terlalu besar untuk disimpan: paling banyak {limit} kB teks. Kirim isiannya, atau ringkas.",
    "draft_without_form": "Tugas ini tidak mempunyai isian, jadi tidak ada yang perlu disimpan.",
    "not_allowed_comment": "Auditor hanya membaca; catatan ditulis oleh yang mengerjakan perkara.",
    "comment_missing": "Catatan belum diisi. Tuliskan catatannya, lalu kirim lagi.",
    "comment_long": "Catatan terlalu panjang: {length} huruf, paling banyak {limit}. Ringkas catatannya.",
    "submission_invalid": "Ada isian yang perlu diperbaiki.",
    # a case that can't go on
    "group_unknown": "Peta proses menunjuk jabatan atau unit yang tidak ada ({groups}). "
    "Perkara tetap seperti semula; sampaikan kepada pemilik proses.",
    "no_flow_matches": "Tidak ada cabang yang cocok sesudah “{element}” untuk isian ini. "
    "Perkara tetap seperti semula; periksa isian, atau sampaikan kepada pemilik proses.",
    "element_failed": "Langkah “{element}” gagal dijalankan. Perkara tetap seperti semula; sampaikan kepada pemilik proses.",
    "repetition_items": "Pengulangan “{element}” memerlukan daftar dengan paling banyak {limit} butir. "
    "Perkara tetap seperti semula; periksa isian, atau sampaikan kepada pemilik proses.",
    "loop_endless": "Langkah “{element}” sudah diulang {limit} kali dan syaratnya masih benar. "
    "Perkara tetap seperti semula; periksa isian, atau sampaikan kepada pemilik proses.",
    "nothing_can_go_on": "Tidak ada langkah yang dapat dilanjutkan sesudah “{element}”. Perkara tetap seperti semula; "
    "sampaikan kepada pemilik proses.",
    "error_uncaught": "“{element}” melempar galat “{error}” yang tidak ditangkap siapa pun. Perkara tetap seperti semula; "
    "sampaikan kepada pemilik proses.",
    "nesting_too_deep": "Proses memanggil proses lain lebih dari {limit} tingkat. Perkara tetap seperti semula; "
    "sampaikan kepada pemilik proses.",
    "task_expired": "Tugas ini berakhir karena batas waktu tercapai; perkara sudah berlanjut.",
    "retraction_not_sent": "Tidak ada kiriman yang dapat ditarik kembali di sini. Lihat riwayat perkaranya.",
    "retraction_overtaken": "Kiriman ini tidak dapat ditarik kembali: sesudahnya perkara sudah berjalan lagi ({who}, {at}). "
    "Sampaikan kepada yang sekarang mengerjakannya, atau koreksilah isiannya.",
    "retraction_opened": "Kiriman ini tidak dapat ditarik kembali: langkah sesudahnya sudah dibuka {who} pada {at}. "
    "Sampaikan kepada yang bersangkutan, atau koreksilah isiannya.",
    "retraction_linked": "Kiriman ini tidak dapat ditarik kembali: perkara lanjutannya sudah dibuka {who} pada {at}. "
    "Sampaikan kepada yang bersangkutan.",
    "retraction_stopped_others": "Kiriman ini tidak dapat ditarik kembali: karenanya tugas orang lain sudah dihentikan. "
    "Sampaikan kepada pemilik proses.",
    "retraction_number": "Kiriman ini tidak dapat ditarik kembali: nomor surat {number} sudah disahkan olehnya.",
    "retraction_letter_sent": "Kiriman ini tidak dapat ditarik kembali: suratnya sudah tercatat terkirim di buku agenda.",
    "retraction_message": "Kiriman ini tidak dapat ditarik kembali: karenanya “{name}” sudah dikirim ke luar perkara ini. "
    "Koreksilah isiannya, atau beri tahu penerimanya.",
    "retraction_work": "Kiriman ini tidak dapat ditarik kembali: karenanya Alur sudah mulai mengerjakan sesuatu di luar perkara ini. "
    "Koreksilah isiannya.",
    "retraction_bound": "Kiriman ini tidak dapat ditarik kembali: akibatnya sudah tercatat di luar perkara ini. "
    "Koreksilah isiannya, atau sampaikan kepada pemilik proses.",
    "retraction_not_sender": "Hanya {who}, pengirimnya, yang dapat menarik kembali kiriman ini selama masih memegang jabatannya.",
    "retraction_unknown": "Kiriman ini dicatat oleh Alur versi lama dan tidak dapat ditarik kembali. Koreksilah isiannya.",
    "correction_not_sent": "Tidak ada kiriman yang dapat dikoreksi di sini. Lihat riwayat perkaranya.",
    "correction_without_form": "Langkah ini tidak mempunyai isian, jadi tidak ada yang dapat dikoreksi.",
    "correction_of_decision": "“{field}” tidak dapat dikoreksi: sudah dipakai proses untuk menentukan jalan, menghitung, menunggu, "
    "atau memulai perkara lain. Tidak ada yang berubah; kembalikan isian itu seperti semula.",
    "correction_of_overwritten": "“{field}” tidak dapat dikoreksi di sini: sudah diisi lagi pada langkah sesudahnya. "
    "Tidak ada yang berubah; koreksilah di langkah itu.",
    "correction_of_gone": "“{field}” tidak dapat dikoreksi: bagian prosesnya sudah ditutup. Tidak ada yang berubah.",
    "correction_of_number": "“{field}” tidak dapat dikoreksi: sudah menjadi bagian nomor surat di buku agenda. Tidak ada yang berubah.",
    "correction_empty": "Tidak ada isian yang berbeda dari semula. Ubah isian yang keliru, lalu kirim lagi.",
    "correction_meanwhile": "Isian ini baru saja diubah oleh {who} pada {at}. Muat ulang halaman, lalu koreksi yang masih perlu.",
    "link_not_in_force": "Langkah “{element}” memulai perkara lanjutan “{process}”, tetapi proses itu tidak berlaku. "
    "Perkara tetap seperti semula; sampaikan kepada pemilik proses.",
    "link_personal": "Isian pribadi tidak dapat diteruskan ke “{process}”, karena di sana “{variable}” tidak ditandai pribadi. "
    "Perkara tetap seperti semula; sampaikan kepada pemilik proses.",
    "link_too_many": "Sekali kirim paling banyak memulai {limit} perkara lanjutan; ini {count}. Kurangi tujuannya, lalu kirim lagi.",
    "link_too_deep": "Penerusan sudah {limit} tingkat, batas menurut peta proses. "
    "Kirim “{task}” tanpa meneruskan lagi, atau sampaikan langsung kepada yang dituju.",
    "file_unknown": "Ada berkas yang tidak tersimpan. Pilih berkasnya sekali lagi, lalu kirim.",
    "version_taken": "Versi {version} proses {key} baru saja diberlakukan orang lain. Ulangi.",
    "agency_changed": "Ada perubahan lain pada saat yang sama. Tidak ada yang berubah; ulangi.",
    "follow_up_invalid": "Tanggal tindak lanjut “{element}” bukan tanggal. Perkara tetap seperti semula; periksa isian tanggalnya.",
    "priority_invalid": "Prioritas “{element}” bukan bilangan bulat dari 0 sampai {limit}. Perkara tetap seperti semula; periksa isiannya.",
    "due_invalid": "Tenggat “{element}” bukan tanggal. Perkara tetap seperti semula; periksa isian tanggalnya.",
    "submission_without_form": "Tugas “{task}” tidak mempunyai isian, tetapi ada yang dikirim. Muat ulang halaman, lalu ulangi.",
    "form_missing": "Formulir “{form}” tidak ada dalam paket. Sertakan berkasnya.",
    "frontier_format": "Perkara ini disimpan oleh Alur versi lain dan tidak dapat dilanjutkan di sini. Sampaikan kepada administrator.",
    "package_refused": "Peta proses ditolak: ada {count} temuan.",
    "step_budget": "Proses berputar sendiri lebih dari {steps} langkah dan dihentikan. "
    "Perkara tetap seperti semula; sampaikan kepada pemilik proses.",
    # letter numbers
    "letter_rule_invalid": "Aturan nomor belum dapat disimpan. Perbaiki yang ditandai.",
    "letter_rule_changed": "Aturan register {number} baru saja diubah orang lain. Muat ulang halaman, lalu ulangi.",
    "letter_register_taken": "Register dengan kata {number} sudah ada. Pakai kata lain, atau ubah register itu.",
    "letter_number_changed": "Nomor {number} baru saja diubah orang lain. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "letter_number_confirmed": "Nomor {number} sudah berlaku. Muat ulang halaman untuk melihat keadaannya sekarang.",
    "letter_number_voided": "Nomor {number} sudah dibatalkan dan tidak dapat dipakai lagi. Ambil nomor lain.",
    "letter_number_of_case": "Nomor {number} milik sebuah perkara; nomor itu berlaku saat langkah perkaranya dikirim.",
    "letter_not_keeper": "Register {register} hanya dapat diubah oleh jabatan yang menomori suratnya, pemilik proses, atau administrator.",
    "letter_not_ruler": "Aturan nomor hanya dapat diubah oleh pemilik proses atau administrator.",
    "letter_not_here": "Tugas “{task}” tidak mengambil nomor dari register kantor ini. Ketik nomornya pada isiannya.",
    # values
    "value_surrogate": "Teks yang dikirim rusak dan tidak dapat dibaca. Ketik ulang, lalu kirim lagi.",
    "value_json": "Data yang dikirim tidak dapat dibaca. Muat ulang halaman, lalu ulangi.",
    "value_not_finite": "Ada angka yang tak terhingga. Periksa angkanya.",
    "value_number_length": "Ada angka yang terlalu panjang. Periksa angkanya.",
    "value_depth": "Data yang dikirim bertumpuk terlalu dalam dan tidak dapat disimpan.",
    "value_nul": "Teks berisi tanda yang tidak dapat disimpan. Ketik ulang teksnya, jangan ditempel.",
    "value_key": "Data yang dikirim tidak dapat dibaca. Muat ulang halaman, lalu ulangi.",
    "value_type": "Data yang dikirim tidak dapat dibaca. Muat ulang halaman, lalu ulangi.",
    # the page itself
    "host_wrong": "Alur tidak dibuka dengan alamat itu. Buka {address}.",
    "csrf": "Halaman ini sudah terlalu lama terbuka, atau permintaan tidak berasal dari Alur. Muat ulang halaman, lalu ulangi.",
    "page_forbidden": "Halaman ini tidak untuk Anda.",
    "method_wrong": "Alamat ini tidak dapat dibuka dengan cara itu. Kembali ke halaman sebelumnya.",
    "request_broken": "Permintaan ini tidak lengkap atau rusak. Kembali ke halaman sebelumnya, lalu ulangi.",
    "request_too_large": "Kiriman terlalu besar: paling banyak {limit} MB untuk semua berkas. Perkecil berkasnya, lalu kirim lagi.",
    "unexpected": "Terjadi gangguan di Alur. Bila tadi ada yang dikirim, periksa dahulu di Tugas saya apakah sudah masuk, "
    "lalu ulangi. Bila tetap terjadi, sampaikan nomor di bawah ini kepada administrator.",
    # settings and the command line
    "settings_file": "Berkas pengaturan {file} tidak dapat dibaca: {reason}. Periksa nama dan isinya.",
    "setting_value": "Pengaturan {name} berisi “{value}”; yang diterima: {expected}. Perbaiki, lalu jalankan lagi.",
    "setting_unknown": "Pengaturan {name} tidak dikenal. Yang ada: {known}.",
    "setting_insecure": "Alur akan terbuka di {host} tanpa HTTPS, sehingga kata sandi dapat dibaca di jaringan. "
    "Isi ALUR_BASE_URL dengan alamat https, atau ALUR_INSECURE_HTTP=1 bila ini memang disengaja.",
    "case_stuck": "Perkara ini tidak dapat berjalan lagi: tidak ada tugas, tidak ada yang ditunggu, dan belum selesai. "
    "Sampaikan kepada pemilik proses; bila perlu batalkan dan mulai yang baru.",
    "not_overseer": "Ini hanya dapat diubah oleh pemilik proses atau administrator.",
    "wait_length_shape": "Batas waktunya tidak dapat dibaca. Isi dengan angka sampai empat digit dan satuannya, atau kosongkan.",
    "office_value_missing": "Perkara “{process}” belum dapat dimulai, karena ketetapan kantor ini belum diisi: {missing}. "
    "Pemilik proses atau administrator mengisinya di halaman Ketetapan kantor.",
    "office_value_unset": "Langkah “{element}” memerlukan ketetapan kantor yang belum diisi. "
    "Pemilik proses atau administrator mengisinya di halaman Ketetapan kantor; sesudah itu kirim atau ulangi lagi.",
    "office_value_order": "“{low}” harus lebih kecil daripada “{high}”. Tidak ada yang disimpan; perbaiki angkanya, lalu simpan lagi.",
    "office_value_shape": "Ada isian yang bukan angka. Tidak ada yang disimpan; perbaiki isian yang ditandai, lalu simpan lagi.",
    "office_value_long": "Angka “{name}” terlalu panjang; paling banyak {limit} angka.",
    "worker_on_sqlite": "Pada SQLite hanya satu proses yang menulis, dan pekerja sudah ada di dalam `alur run`. "
    "Pakai PostgreSQL bila diperlukan lebih banyak pekerja.",
    "file_unreadable": "Berkas {file} tidak dapat dibaca: {reason}.",
    "bench_unknown": "Ukuran “{name}” tidak ada. Yang ada: {known}.",
    "login_taken": "Nama masuk “{login}” sudah dipakai. Pilih nama lain.",
    "login_unknown": "Nama masuk “{login}” tidak ada. Lihat daftarnya dengan `alur user list`.",
    "login_shape": "Nama masuk “{login}” tidak dapat dipakai: hanya huruf kecil, angka, titik, dan tanda hubung.",
    "password_short": "Kata sandi paling sedikit {limit} huruf, angka, atau tanda.",
    "password_long": "Kata sandi paling banyak {limit} huruf.",
    "password_guessable": "Kata sandi ini termasuk yang pertama ditebak orang: terlalu umum, berulang, atau memuat nama Anda. "
    "Pilih yang lain, misalnya beberapa kata yang tidak berhubungan.",
    "password_same": "Kata sandi baru sama dengan yang lama. Pilih yang lain.",
    "password_wrong": "Kata sandi lama tidak cocok. Ketik ulang.",
    "password_repeat": "Ulangan kata sandi baru tidak sama. Ketik ulang keduanya.",
    "passwords_busy": "Terlalu banyak orang masuk pada saat yang sama. Tunggu beberapa detik, lalu ulangi.",
    "sign_in_slow": "Terlalu banyak percobaan dengan kata sandi yang salah. Tunggu {wait}, lalu coba lagi; akun Anda tidak terkunci.",
    "reset_gone": "Tautan ini sudah dipakai, sudah lewat 24 jam, atau sudah diganti tautan yang lebih baru. "
    "Mintalah tautan baru kepada administrator.",
    "email_shape": "Alamat surel tidak dapat dibaca. Tulis seperti nama@pasuruankota.go.id.",
    "email_missing": "Alamat surel belum diisi. Isi alamatnya, atau pilih tidak dikirim.",
    "agency_asked": "Basis data ini memuat beberapa kantor: {known}. Sebutkan satu dengan --agency.",
    "agency_unknown": "Kantor “{agency}” tidak ada di basis data ini. Yang ada: {known}.",
    "post_unknown": "Jabatan “{posts}” tidak ada di kantor ini. Periksa id jabatannya.",
}
"""One sentence a code."""

BY_KIND: tuple[tuple[type[errors.AlurError], str], ...] = (
    (errors.NotFound, "not_found"),
    (errors.NotAllowed, "page_forbidden"),
    (errors.Conflict, "instance_changed"),
    (errors.WrongState, "instance_changed"),
    (errors.InvalidSubmission, "submission_invalid"),
    (errors.AlurError, "unexpected"),
)


def sentence(code: str, **params: object) -> str:
    """Give the sentence of a code; a param that is missing is shown as an ellipsis. Raises KeyError for an unknown code."""
    if code in expression_words.SENTENCES:
        return expression_words.reason_of(code, params)
    text = _(SENTENCES[code])
    names = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
    return text.format(**{name: params.get(name) or "…" for name in names})


def explain(error: errors.AlurError, zone: str = DEFAULT_ZONE) -> str:
    """Give the sentence of an error, its times in the zone: by its code, else by its kind."""
    if isinstance(error, ExpressionInvalid | EvaluationFailed) and error.code in SENTENCES:
        return expression_words.told(error)
    if error.code in SENTENCES:
        if isinstance(error, DecisionFailed):
            params = decision_failed_words.spoken(error.params)
            return decision_failed_words.failed(error, sentence(error.code, **params))
        return sentence(error.code, **{k: _shown(v, zone) for k, v in error.params.items()})
    code = next(code for kind, code in BY_KIND if isinstance(error, kind))
    return sentence(code)


def _shown(value: object, zone: str) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    text = str(value)
    return long_moment(from_text(text), zone) if _MOMENT.fullmatch(text) else text
