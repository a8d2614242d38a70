"""What notices say, on the page and in e-mails; and why an e-mail could not be sent. Indonesian, one line a kind or code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Acting, Post
from engine.clock import from_text
from engine.history import (
    CommentAdded,
    HoldingStarted,
    UserTaskEscalated,
    UserTaskReminded,
)
from engine.ids import PostId, UnitId
from engine.job import JobKind
from engine.notice import NoticeKind
from web.i18n import _, long_day, long_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.history import HistoryEvent
    from storage.queries.notices import NoticeRow

TELLS: Mapping[NoticeKind, str] = {
    NoticeKind.ASSIGNED: "{by} memberi Anda tugas “{task}”",
    NoticeKind.OFFERED: "Tugas “{task}” menunggu di meja jabatan Anda",
    NoticeKind.RETURNED: "Tugas “{task}” kembali kepada Anda",
    NoticeKind.DISPOSED: "Disposisi dari {by}: “{task}”",
    NoticeKind.TAKEN_OVER: "Tugas “{task}” tidak lagi pada Anda; dipindahkan oleh {by}",
    NoticeKind.WITHDRAWN: "Tugas Anda tidak diperlukan lagi",
    NoticeKind.HANDED_BACK: "{by} mengembalikan tugas “{task}” yang Anda berikan",
    NoticeKind.COMPLETED: "Perkara yang Anda mulai sudah selesai",
    NoticeKind.CANCELLED: "Perkara dibatalkan oleh {by}",
    NoticeKind.COMMENTED: "{by} menulis catatan",
    NoticeKind.CORRECTED: "{by} mengoreksi isian yang sudah dikirim",
    NoticeKind.DUE_SOON: "Tenggat tugas “{task}” sudah dekat: {due}",
    NoticeKind.OVERDUE: "Tugas “{task}” terlambat; tenggatnya {due}",
    NoticeKind.EXPIRED: "Tugas “{task}” berakhir karena batas waktunya tercapai",
    NoticeKind.INCIDENT: "Perkara terhenti karena kendala",
    NoticeKind.APPOINTED: "Anda menjabat {post}",
}
"""One sentence a kind of notice, without a full stop."""

SUBJECTS: Mapping[NoticeKind, str] = {
    NoticeKind.ASSIGNED: "Tugas baru di Alur",
    NoticeKind.OFFERED: "Tugas baru di Alur",
    NoticeKind.RETURNED: "Tugas kembali kepada Anda di Alur",
    NoticeKind.DISPOSED: "Disposisi baru di Alur",
    NoticeKind.TAKEN_OVER: "Tugas dipindahkan di Alur",
    NoticeKind.WITHDRAWN: "Tugas tidak diperlukan lagi di Alur",
    NoticeKind.HANDED_BACK: "Tugas dikembalikan di Alur",
    NoticeKind.COMPLETED: "Perkara selesai di Alur",
    NoticeKind.CANCELLED: "Perkara dibatalkan di Alur",
    NoticeKind.COMMENTED: "Catatan baru di Alur",
    NoticeKind.CORRECTED: "Isian dikoreksi di Alur",
    NoticeKind.DUE_SOON: "Tenggat sudah dekat di Alur",
    NoticeKind.OVERDUE: "Tugas terlambat di Alur",
    NoticeKind.EXPIRED: "Tugas berakhir di Alur",
    NoticeKind.INCIDENT: "Kendala di Alur",
    NoticeKind.APPOINTED: "Jabatan Anda di Alur",
}
"""What the subject of an e-mail begins with."""

SECRET_SUBJECT = "Tugas baru di Alur"  # noqa: S105 - no password
"""What the subject of every e-mail about a secret case begins with."""

JOBS: Mapping[JobKind, str] = {
    JobKind.NOTIFY: "Menulis pemberitahuan",
    JobKind.DEADLINES: "Menghitung ulang tenggat",
    JobKind.MAIL_NOTICE: "Surel pemberitahuan",
    JobKind.MAIL_DIGEST: "Surel ringkasan harian",
    JobKind.MAIL_ADDRESS: "Surel akun",
    JobKind.TIMER: "Batas waktu perkara",
    JobKind.START_TIMER: "Memulai perkara pada waktunya",
    JobKind.CONNECTOR: "Pekerjaan Alur untuk perkara",
    JobKind.WORK: "Pekerjaan sistem luar",
    JobKind.MESSAGE: "Menyampaikan pesan antarperkara",
    JobKind.SIGNAL: "Menyebarkan sinyal",
    JobKind.SIGNAL_DELIVERY: "Menyampaikan sinyal",
}
"""What a kind of job is called."""

SENTENCES: Mapping[str, str] = {
    "mail_recipient_refused": "Server surel menolak alamat penerimanya. Perbaiki alamatnya di data pegawai.",
    "mail_recipient_later": "Server surel belum mau menerima untuk alamat ini. Kirim ulang nanti.",
    "mail_refused": "Server surel menolak isinya. Tanyakan kepada pengelola server surel.",
    "mail_later": "Server surel sedang tidak mau menerima. Kirim ulang nanti.",
    "mail_sender_refused": "Server surel menolak alamat pengirim. Periksa ALUR_SMTP_FROM.",
    "mail_login_refused": "Server surel menolak nama atau kata sandinya. Periksa ALUR_SMTP_URL.",
    "mail_server_unreachable": "Server surel tidak menjawab. Periksa ALUR_SMTP_URL dan apakah servernya berjalan.",
    "mail_server_unfit": "Server surel tidak dapat dipakai dengan cara ini. Periksa ALUR_SMTP_URL.",
    "mail_certificate": "Sertifikat server surel tidak dapat dipercaya. Periksa ALUR_SMTP_CA.",
    "mail_address": "Alamat surelnya tidak dapat dipakai. Perbaiki alamatnya di data pegawai.",
    "mail_too_late": "Surel ini sudah tidak berguna lagi saat server surel kembali. Minta tautan yang baru.",
    "mail_off": "Alur ini tidak dapat mengirim surel. Hubungi administrator.",
    "job_lost": "Pekerjaan ini sudah diambil alih proses lain.",
    "job_silent": "Pekerjaan ini berkali-kali dimulai dan tidak pernah selesai. Lihat catatan galat, lalu ulangi.",
    "job_unexpected": "Terjadi gangguan di Alur saat mengerjakannya. Lihat catatan galat, lalu ulangi.",
}
"""One sentence a code; part of `web.words.SENTENCES`."""


def notice_sentence(row: NoticeRow, zone: str) -> str:
    """Say a notice; one whose case is not the reader's any more says only that."""
    if not row.is_visible or row.event is None:
        return _("Perkara ini tidak lagi dapat Anda lihat")
    by = row.by.post_name or row.by.name if row.by else ""
    return _(TELLS[row.kind]).format(
        by=by,
        task=row.case.task_name if row.case else "",
        post=_holding(row.event, zone),
        due=_due(row.event, zone),
    )


def notice_remark(row: NoticeRow) -> str:
    """Give what the one who acted wrote with it: a reason or a comment, else empty."""
    if isinstance(row.event, CommentAdded):
        return row.event.text
    return str(getattr(row.event, "reason", ""))


def _due(event: HistoryEvent, zone: str) -> str:
    """Give the deadline that an event tells of."""
    if not isinstance(event, UserTaskReminded | UserTaskEscalated):
        return ""
    return long_moment(from_text(event.due), zone)


def _holding(event: HistoryEvent, zone: str) -> str:
    """Give a post with how and from when it is held: `Plh. Sekretaris mulai 23 November 2026 (surat 800/1)`."""
    if not isinstance(event, HoldingStarted):
        return ""
    title = Post(
        id=PostId(event.post),
        name=event.post_name,
        unit=UnitId(""),
        lanes=frozenset(),
        acting=Acting(event.acting) if event.acting else None,
    ).title
    text = _("{title} mulai {day}").format(
        title=title, day=long_day(from_text(event.held_from), zone)
    )
    return text + (_(" (surat {letter})").format(letter=event.letter) if event.letter else "")
