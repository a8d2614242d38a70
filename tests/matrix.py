"""What every address answers to every kind of caller: one line a route and method (findings/trust.md 3 d).

A route without a line fails `test_matrix.py`; so does a line whose answer is another one. A new page takes one line in PAGES,
or in OBJECTS when its address names a case or a task. All are asked with a valid form token and, if they change something,
once more without.

303 of a visitor leads to the sign-in. 404 means "not there", for what is not there as for what is not theirs. 422 and 400 are
answers of the page itself: the caller came as far as its form, which the matrix sends almost empty.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


class Who(StrEnum):
    """Kinds of caller."""

    VISITOR = "a visitor"
    DISABLED = "a closed account with an old cookie"
    LANE = "staff of the lane"
    SAME_UNIT = "staff of another lane in the same unit"
    OTHER_UNIT = "staff of the lane in another unit"
    HEAD = "the head, who asked for the letters"
    OWNER = "a process owner"
    AUDITOR = "an auditor"
    ADMIN = "an administrator"
    FOREIGN_STAFF = "staff of another agency"
    FOREIGN_ADMIN = "an administrator of another agency"


class Thing(StrEnum):
    """The letters that an address can name, seen from the staff of the lane."""

    MINE = "on my desk"
    LANES = "free in my lane"
    OTHERS = "free in another unit"
    SECRET = "secret, free in another unit"  # noqa: S105 - a letter
    FINISHED = "finished by me, and over"


Answers: TypeAlias = "Mapping[Who, int]"
"""The status for each caller."""

OUTSIDE = (Who.VISITOR, Who.DISABLED)
FOREIGN = (Who.FOREIGN_STAFF, Who.FOREIGN_ADMIN)
ADMINS = (Who.ADMIN, Who.FOREIGN_ADMIN)
LEADERS = (Who.HEAD, Who.OWNER, *ADMINS)


def everyone(status: int, *, inside: int | None = None) -> Answers:
    """Answer everybody, and who is signed in otherwise if that is given."""
    found = status if inside is None else inside
    return {who: status if who in OUTSIDE else found for who in Who}


def inside(status: int, foreign: int | None = None) -> Answers:
    """Answer who is signed in, another agency's otherwise if that is given; send the rest to the sign-in."""
    abroad = status if foreign is None else foreign
    return {who: 303 if who in OUTSIDE else abroad if who in FOREIGN else status for who in Who}


def only(status: int, *admitted: Who, foreign: int | None = None) -> Answers:
    """Answer these, forbid the others that are signed in; `foreign` is for the admitted of another agency."""
    answers = dict(inside(403))
    for who in admitted:
        answers[who] = foreign if foreign is not None and who in FOREIGN else status
    return answers


NOBODY: Mapping[Thing, tuple[Who, ...]] = {
    Thing.MINE: (Who.SAME_UNIT, *FOREIGN),
    Thing.LANES: (Who.SAME_UNIT, *FOREIGN),
    Thing.OTHERS: (Who.SAME_UNIT, *FOREIGN),
    Thing.SECRET: (Who.LANE, Who.SAME_UNIT, Who.OWNER, Who.ADMIN, *FOREIGN),
    Thing.FINISHED: (Who.SAME_UNIT, *FOREIGN),
}
"""To whom a letter is not there."""

PARTS: Mapping[Thing, Mapping[Who, str]] = {
    Thing.MINE: {Who.LANE: "acts", Who.OTHER_UNIT: "peer"},
    Thing.LANES: {Who.LANE: "acts", Who.OTHER_UNIT: "peer"},
    Thing.OTHERS: {Who.OTHER_UNIT: "acts", Who.LANE: "peer"},
    Thing.SECRET: {Who.OTHER_UNIT: "acts"},
    Thing.FINISHED: {Who.LANE: "did", Who.OTHER_UNIT: "peer"},
}
"""The part that a caller has in a letter: `acts` may do its task, `did` has done it, a `peer` has the lane in another unit."""


def letter(sees: int, **others: int) -> Mapping[Thing, Answers]:
    """Answer who sees a letter; to whom it is not there, 404.

    `others` answers otherwise, the later before the earlier: by part (`acts=303`, `did=409`, `peer=403`), by caller
    (`head=303`), by letter (`finished=409`), or by caller and letter (`head_secret=303`).
    """
    return {thing: _of_letter(thing, sees, others) for thing in Thing}


def _of_letter(thing: Thing, sees: int, others: Mapping[str, int]) -> Answers:
    answers = dict(inside(sees))
    for who in Who:
        if who in OUTSIDE:
            continue
        name = who.name.lower()
        for key in (
            PARTS[thing].get(who, ""),
            name,
            thing.name.lower(),
            f"{name}_{thing.name.lower()}",
        ):
            answers[who] = others.get(key, answers[who])
    return answers | dict.fromkeys(NOBODY[thing], 404)


def book(status: int, *, auditor: int | None = None) -> Answers:
    """Answer who keeps the book of outgoing letters or oversees the office; to the others it is not there."""
    readers = (Who.LANE, Who.OTHER_UNIT, Who.OWNER, Who.ADMIN)
    return {
        **inside(404),
        **dict.fromkeys(readers, status),
        Who.AUDITOR: status if auditor is None else auditor,
    }


BOOK = book(200)
"""A book as it is read."""

PAGES: Mapping[str, Answers] = {
    "GET /aset/<digest>/<name>": everyone(404),  # of a digest that is not ours
    "GET /masuk": everyone(200, inside=303),
    "POST /masuk": everyone(422),
    "POST /keluar": inside(303),
    "GET /lupa-sandi": everyone(200),
    "POST /lupa-sandi": everyone(409),  # this office sends no mail
    "GET /sandi-baru/<token>": everyone(303),
    "GET /sandi-baru": everyone(200),
    "POST /sandi-baru": everyone(422),
    "GET /akun": inside(200),
    "POST /akun/surel": inside(400),
    "POST /akun/sesi": inside(303),
    "GET /akun/sandi": inside(200),
    "POST /akun/sandi": inside(422),
    "GET /": inside(303),
    "GET /tugas": inside(200),
    "GET /proses": inside(200),
    "POST /proses/<definition_id>/mulai": {**inside(403, foreign=404), Who.HEAD: 303},
    "GET /proses/peta": only(200, Who.OWNER, Who.AUDITOR, *ADMINS),
    "GET /proses/peta/<definition_id>": only(200, Who.OWNER, Who.AUDITOR, *ADMINS, foreign=404),
    "GET /proses/peta-saja/<map_id>": only(404, Who.OWNER, Who.AUDITOR, *ADMINS),  # not there
    "GET /proses/unggah": only(200, Who.OWNER, *ADMINS),
    "POST /proses/unggah": only(422, Who.OWNER, *ADMINS),  # without a file
    "GET /proses/unggah/<package>": only(404, Who.OWNER, *ADMINS),  # not there
    "POST /proses/unggah/<package>": only(400, Who.OWNER, *ADMINS),
    "GET /perkara": inside(200),
    "GET /menunggu": inside(200),
    "GET /pemberitahuan": inside(200),
    "POST /pemberitahuan/dibaca": inside(303),
    # a notice of somebody else is nothing to mark
    "POST /pemberitahuan/<notice_id>/dibaca": inside(303),
    "GET /pekerjaan-gagal": only(200, *ADMINS),
    "POST /pekerjaan-gagal/<job_id>/ulang": only(303, *ADMINS, foreign=404),
    "POST /pekerjaan-gagal/<job_id>/hapus": only(303, *ADMINS, foreign=404),
    # the head's own people
    "GET /tim": only(200, *LEADERS),
    "GET /tim/tugas": only(200, *LEADERS),
    "GET /kendala": only(200, *LEADERS),
    # many tasks at once: none is chosen
    "POST /tugas/banyak": inside(422),
    "GET /tugas/banyak/selesaikan": inside(422),
    "POST /tugas/banyak/selesaikan": inside(422),
    "GET /tugas/banyak/tugaskan": inside(422),
    "POST /tugas/banyak/tugaskan": inside(422),
    # the office
    "GET /kantor": only(200, *ADMINS),
    "GET /kantor/kalender": inside(200),
    "POST /kantor/kalender/hari": only(422, *ADMINS),
    "POST /kantor/kalender/hari/hapus": only(400, *ADMINS),
    "POST /kantor/kalender/tahun": only(409, *ADMINS),  # it is an estimate
    "GET /kantor/kalender/jam": only(200, *ADMINS),
    "POST /kantor/kalender/jam": only(422, *ADMINS),
    "GET /kantor/kalender/musim": only(200, *ADMINS),
    "POST /kantor/kalender/musim": only(422, *ADMINS),
    "POST /kantor/kalender/musim/hapus": only(400, *ADMINS),
    "GET /kantor/kalender/aturan": only(200, *ADMINS),
    "POST /kantor/kalender/aturan": only(422, *ADMINS),
    "GET /kantor/unit": only(200, *ADMINS),
    "GET /kantor/unit-baru": only(200, *ADMINS),
    "POST /kantor/unit-baru": only(422, *ADMINS),
    "GET /kantor/unit/<unit_id>": only(200, *ADMINS, foreign=404),
    "POST /kantor/unit/<unit_id>": only(409, *ADMINS, foreign=404),  # an old page
    "POST /kantor/unit/<unit_id>/tutup": only(409, *ADMINS, foreign=404),  # it has posts
    "GET /kantor/jabatan": only(200, *ADMINS),
    "GET /kantor/jabatan-baru": only(200, *ADMINS),
    "POST /kantor/jabatan-baru": only(422, *ADMINS),
    "GET /kantor/jabatan/<post_id>": only(200, *ADMINS, foreign=404),
    "GET /kantor/jabatan/<post_id>/ubah": only(200, *ADMINS, foreign=404),
    "POST /kantor/jabatan/<post_id>/ubah": only(422, *ADMINS, foreign=404),
    "POST /kantor/jabatan/<post_id>/tutup": only(409, *ADMINS, foreign=404),  # it is held
    "GET /kantor/pegawai": only(200, *ADMINS),
    "GET /kantor/pegawai/baru": only(200, *ADMINS),
    "POST /kantor/pegawai/baru": only(422, *ADMINS),
    "GET /kantor/pegawai/impor": only(200, *ADMINS),
    "GET /kantor/pegawai/impor/contoh.csv": only(200, *ADMINS),
    "POST /kantor/pegawai/impor": only(422, *ADMINS),
    "POST /kantor/pegawai/impor/masukkan": only(422, *ADMINS),
    "GET /kantor/pegawai/<person_id>": only(200, *ADMINS, foreign=404),
    "GET /kantor/pegawai/<person_id>/ubah": only(200, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/ubah": only(409, *ADMINS, foreign=404),  # an old page
    "POST /kantor/pegawai/<person_id>/buka": only(409, *ADMINS, foreign=404),  # it is open
    "GET /kantor/pegawai/<person_id>/tutup": only(200, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/tutup": only(422, *ADMINS, foreign=404),
    "GET /kantor/pegawai/<person_id>/alihkan": only(200, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/alihkan": only(303, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/sesi": only(303, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/tautan": only(200, *ADMINS, foreign=404),
    "GET /kantor/pegawai/<person_id>/jabatan": only(200, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/jabatan": only(422, *ADMINS, foreign=404),
    "GET /kantor/pegawai/<person_id>/jabatan/<post_id>/<begun>": only(200, *ADMINS, foreign=404),
    "POST /kantor/pegawai/<person_id>/jabatan/<post_id>/<begun>": only(303, *ADMINS, foreign=404),
    # agenda books: of outgoing letters, and a number in it that was taken by hand
    "GET /agenda": {**inside(303, foreign=200), Who.HEAD: 200},
    "GET /agenda/menggantung": inside(200),
    "GET /agenda/<register>": BOOK,
    "GET /agenda/<register>/cetak": BOOK,
    "GET /agenda/<register>/unduh": BOOK,
    "GET /agenda/<register>/ambil": {**BOOK, Who.AUDITOR: 404},
    "POST /agenda/<register>/ambil": book(422, auditor=404),
    "GET /agenda/nomor/<number_id>": BOOK,
    "POST /agenda/nomor/<number_id>/sahkan": book(422, auditor=403),
    "POST /agenda/nomor/<number_id>/batal": book(422, auditor=403),
    "GET /register-surat": only(200, Who.OWNER, *ADMINS),
    "GET /register-surat/baru": only(200, Who.OWNER, *ADMINS),
    "POST /register-surat/baru": only(400, Who.OWNER, *ADMINS),
    "GET /ekspresi": only(200, Who.OWNER, *ADMINS),
    "POST /ekspresi": only(200, Who.OWNER, *ADMINS),  # a trial changes nothing
    "GET /kantor/batas-waktu": only(200, Who.OWNER, *ADMINS),
    "POST /kantor/batas-waktu": only(404, Who.OWNER, *ADMINS),  # no such wait
    "GET /kantor/ketetapan": only(200, Who.OWNER, *ADMINS),
    "POST /kantor/ketetapan": only(404, Who.OWNER, *ADMINS),  # no such process
    "GET /keputusan": inside(200),
    "GET /keputusan/<decision_id>": inside(200, foreign=404),
    "GET /keputusan/<decision_id>/unduh": only(200, Who.OWNER, Who.AUDITOR, *ADMINS, foreign=404),
    "GET /register-surat/<register>": only(200, Who.OWNER, *ADMINS, foreign=404),
    "POST /register-surat/<register>": only(400, Who.OWNER, *ADMINS, foreign=404),
}
"""Routes whose answer does not hang on a letter."""

CORRECTED = letter(404, lane_finished=409, other_unit_finished=409, head_finished=409)
"""A step that is not done, or whose case is over, can't be corrected, and only by its lane."""

OBJECTS: Mapping[str, Mapping[Thing, Answers]] = {
    "GET /tugas/<task_id>": letter(200),
    "POST /tugas/<task_id>": letter(404, acts=422, peer=403, did=409),
    "POST /tugas/<task_id>/ambil": letter(404, acts=303, peer=403, did=409),
    "GET /perkara/<case_id>": letter(200),
    "POST /perkara/<case_id>/batal": letter(
        403,
        head=422,
        owner=422,
        admin=422,
        auditor=404,
        head_finished=409,
        owner_finished=409,
        admin_finished=409,
    ),
    "POST /tugas/<task_id>/konsep": letter(403, acts=303, peer=303, did=303),
    "POST /tugas/<task_id>/konsep/buang": letter(303),
    "POST /perkara/<case_id>/catatan": letter(422, auditor=403),
    "GET /perkara/<case_id>/cetak": letter(200),
    "GET /perkara/<case_id>/disposisi": letter(200),
    # nothing is in the way of a letter, and no work outside is waited for
    "GET /perkara/<case_id>/tanggapan": letter(200),
    "GET /perkara/<case_id>/tanggapan/<int:token_id>/<element>": letter(409),
    "POST /perkara/<case_id>/tanggapan/<int:token_id>/<element>": letter(409),
    "POST /perkara/<case_id>/kendala/<incident_id>/ulang": letter(409),
    "GET /perkara/<case_id>/kendala/<incident_id>/hentikan": letter(409),
    "POST /perkara/<case_id>/kendala/<incident_id>/hentikan": letter(409),
    "GET /perkara/<case_id>/pekerjaan/<int:token_id>/<element>": letter(409),
    "POST /perkara/<case_id>/pekerjaan/<int:token_id>/<element>": letter(409),
    "GET /perkara/<case_id>/koreksi/<task_id>": CORRECTED,
    "POST /perkara/<case_id>/koreksi/<task_id>": CORRECTED,
    "GET /tugas/<task_id>/ambil-alih": letter(200),
    "POST /tugas/<task_id>/ambil-alih": letter(404, acts=303, lane_mine=409, peer=403, did=409),
    "GET /tugas/<task_id>/kembalikan": letter(200),
    "POST /tugas/<task_id>/kembalikan": letter(404, acts=403, lane_mine=422, peer=403, did=409),
    "GET /tugas/<task_id>/tarik": letter(200),
    "POST /tugas/<task_id>/tarik": letter(404, acts=409, peer=403, did=409),
    "GET /tugas/<task_id>/tunda": letter(200),
    "POST /tugas/<task_id>/tunda": letter(422),
    "GET /perkara/<case_id>/berkas/<digest>": letter(404),  # a file that the case does not have
    "GET /perkara/<case_id>/berkas/<digest>/pratinjau": letter(404),
    "GET /perkara/<case_id>/berkas/<digest>/pratinjau/<int:page>": letter(404),
}
"""Routes whose address names a case or a task."""
