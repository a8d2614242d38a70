"""Change of post, deputies, secrecy, another agency: lists, searches, counts, files and addresses all follow at the next request."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from office_pages import ABROAD, fill_in, page_of, settle_abroad
from web_kit import FIRST_REQUEST, Caller, parts_of, pdf

from engine.actor import Role, Signature
from engine.ids import PersonId, PostId
from engine.store import Registration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

SUBJECT = "Undangan sosialisasi izin usaha mikro"
DRAFT = {
    "jenis_naskah": "undangan",
    "perihal": SUBJECT,
    "tujuan_surat": "Camat",
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


@pytest.fixture
def admin(desk: Desk) -> Caller:
    """Give the administrator's browser."""
    return desk("admin")


def letter(desk: Desk, **fields: str) -> str:
    """Let the head ask for a letter, and give the address of its case."""
    head = desk("kepala")
    page = head.send(head.start("Pelayanan Surat Keluar"), {**FIRST_REQUEST, **fields})
    return page.link("Lihat perkara")


def drafted(desk: Desk) -> Mapping[str, str]:
    """Let Bidang Usaha Mikro make the draft of a letter; gives the addresses of its case, of a task and of its file."""
    case = letter(desk)
    clerk = desk("mikro")
    page = clerk.take_first()
    clerk.send(page, {**DRAFT, "draf_surat": pdf()})
    links = [str(a["href"]) for a in clerk.get(case).page.select("main a[href*='/berkas/']")]
    file = next(link for link in links if not link.endswith("/pratinjau"))
    return {"case": case, "task": page.path, "file": file}


def sees(caller: Caller, addresses: Mapping[str, str]) -> set[str]:
    """Give what of a letter somebody gets to see: by its addresses, in the list and by search."""
    case = addresses["case"].partition("?")[0]
    found = {name for name, at in addresses.items() if caller.get(at).status == 200}
    for name, page in (("list", "/perkara"), ("search", "/perkara?cari=sosialisasi")):
        listed = [str(a["href"]) for a in caller.get(page).page.select("a.title")]
        found |= {name} if any(link.startswith(case) for link in listed) else set()
    refused = {caller.get(at).status for name, at in addresses.items() if name not in found}
    assert refused <= {404}
    return found


ALL = {"case", "task", "file", "list", "search"}


def test_who_gives_up_a_post_sees_nothing_of_its_letters_any_more(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    addresses = drafted(desk)
    clerk = desk("mikro")
    assert sees(clerk, addresses) == ALL
    fill_in(admin, admin.get(page_of(app, "mikro")).link("Akhiri"), {})
    assert sees(clerk, addresses) == set()
    assert clerk.get("/tugas?meja=selesai").page.select("a.title") == []


def test_who_gets_a_post_sees_its_letters_at_the_next_request(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    addresses = drafted(desk)
    stranger = desk("umum")
    assert sees(stranger, addresses) == set()
    fill_in(admin, f"{page_of(app, 'umum')}/jabatan", {"jabatan": "caraka"})
    assert sees(stranger, addresses) == ALL


def test_a_deputy_sees_the_letters_of_the_post_on_its_days_only(
    app: Flask, admin: Caller, desk: Desk, clock: FixedClock
) -> None:
    addresses = drafted(desk)
    days = {"mulai": "2026-11-23", "sampai": "2026-11-24", "sebagai": "plh", "surat": "094/1"}
    fill_in(admin, f"{page_of(app, 'umum')}/jabatan", {"jabatan": "caraka", **days})
    sights = []
    for _day in range(5):  # from Saturday 21 to Wednesday 25 November, at eight in the morning
        sights.append(sees(desk("umum"), addresses))
        clock.advance(timedelta(days=1))
    assert sights == [set(), set(), ALL, ALL, set()]


def test_a_lane_that_a_post_loses_takes_its_letters_along(admin: Caller, desk: Desk) -> None:
    addresses = drafted(desk)
    clerk = desk("koperasi")
    assert sees(clerk, addresses) == ALL
    without = {"nama": "Staf Bidang Koperasi", "unit": "bidang_koperasi", "urutan": "6"}
    fill_in(admin, "/kantor/jabatan/staf_koperasi/ubah", without)
    assert sees(clerk, addresses) == set()


@pytest.mark.parametrize(
    ("login", "is_seen"),
    [
        ("kepala", True),
        ("mikro", True),
        ("kabid.mikro", True),
        ("auditor", True),
        ("koperasi", False),
        ("kabid.koperasi", False),
        ("sekretaris", False),
        ("caraka", False),
        ("pemilik", False),
        ("admin", False),
    ],
)
def test_a_secret_letter_is_seen_by_who_works_on_it_their_heads_and_the_auditor(
    desk: Desk,
    login: str,
    is_seen: bool,  # noqa: FBT001 - a table of expectations
) -> None:
    case = letter(desk, sifat="rahasia")
    task = desk("mikro").take_first().path
    expected = {"case", "task", "list", "search"} if is_seen else set()
    assert sees(desk(login), {"case": case, "task": task}) == expected
    assert desk("koperasi").get("/tugas?meja=bebas").page.select("a.title") == []


def test_another_agency_sees_nothing_though_its_posts_stand_for_the_same_lanes(
    app: Flask, desk: Desk
) -> None:
    addresses = drafted(desk)
    settle_abroad(app)
    hire_abroad(app)
    for login in ("asing", "asing.kepala"):
        stranger = desk(login)
        assert sees(stranger, addresses) == set()
        assert stranger.get("/proses").page.select("main form") == []
        for act in ("ambil", "lepas"):
            token = stranger.get("/akun").form("/akun/surel")
            answer = stranger.post(f"{addresses['task']}/{act}", {**token, "_revisi": "1"})
            assert answer.status == 404


def test_what_is_not_yours_looks_like_what_is_not_there(desk: Desk) -> None:
    addresses, stranger = drafted(desk), desk("umum")
    nowhere = {
        "case": "/perkara/01aaaaaaaaaaaaaaaaaaaaaaaa",
        "task": "/tugas/01aaaaaaaaaaaaaaaaaaaaaaaa-2",
        "file": f"/perkara/01aaaaaaaaaaaaaaaaaaaaaaaa/berkas/{'0' * 64}",
    }
    for name, address in addresses.items():
        foreign, missing = stranger.get(address), stranger.get(nowhere[name])
        assert foreign.status == missing.status == 404
        assert without_number(foreign.text) == without_number(missing.text)


def without_number(text: str) -> str:
    """Give the words of a page without the number of the error."""
    return text.partition("Nomor galat")[0]


def hire_abroad(app: Flask) -> None:
    """Give the other agency a head whose post stands for the same lane as ours."""
    head = Registration(
        person=PersonId("01asingkepalaaaaaaaaaaaaaa"),
        agency=ABROAD,
        login="asing.kepala",
        name="Kepala Dinas Pati",
        posts=(PostId("kepala_dinas"),),
        roles=frozenset({Role.STAFF}),
        password_hash="-",  # noqa: S106 - no password fits it
    )
    parts_of(app).runtime.register(head, by=Signature.of_system())
