"""The office's pages worked at by HTTP: an administrator's browser, and where persons are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web_kit import FIRST_REQUEST, parts_of

from engine.actor import Role, Signature
from engine.ids import AgencyId, PersonId
from engine.office import NO_PASSWORD
from engine.store import Office, Registration
from engine.testing import example_office, example_post
from storage.queries.office import find_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask
    from web_kit import Caller, Seen

    from engine.office import Roster

HOME, ABROAD = AgencyId("pasuruan"), AgencyId("pati")


def roster(app: Flask) -> Roster:
    """Give the roster of the demonstration office."""
    return parts_of(app).database.read(lambda c: find_roster(c, HOME))


def page_of(app: Flask, login: str) -> str:
    """Give the address of a person's page."""
    found = roster(app).find_login(login)
    assert found is not None
    return f"/kantor/pegawai/{found.id}"


def fill_in(caller: Caller, address: str, fields: Mapping[str, object]) -> Seen:
    """Open a page with a form that is sent to the same address, fill it in and send it."""
    page = caller.get(address)
    assert page.status == 200, page.text
    return caller.post(address, {**page.form(address), **fields})


def press(caller: Caller, address: str, ending: str, fields: Mapping[str, object]) -> Seen:
    """Open a page and send one of its other forms."""
    page = caller.get(address)
    form = page.page.select_one(f'form[action$="{ending}"]')
    assert form is not None, (ending, page.text)
    return caller.post(str(form["action"]), {**page.form(ending), **fields})


def hire(app: Flask, login: str, *posts: str, role: Role = Role.STAFF) -> PersonId:
    """Give somebody an account in the demonstration office."""
    return _hire(app, HOME, login, posts, role)


def settle_abroad(app: Flask) -> PersonId:
    """Set up a second agency with an administrator `asing`."""
    office: Office = example_office(example_post("kepala_dinas", "kepala_dinas"), agency=ABROAD)
    parts_of(app).runtime.set_up(office)
    return _hire(app, ABROAD, "asing", (), Role.ADMINISTRATOR)


def letters(desk: Callable[[str], Caller], *subjects: str) -> list[str]:
    """Let the head ask for letters, and Bidang Usaha Mikro take them; gives their tasks' addresses."""
    found = []
    for subject in subjects:
        head = desk("kepala")
        asked = head.start("Pelayanan Surat Keluar")
        head.send(asked, {**FIRST_REQUEST, "perihal": subject})
        clerk = desk("mikro")
        rows = clerk.get("/tugas?meja=bebas").page.select("a.title")
        (address,) = [str(row["href"]) for row in rows if row.get_text() == subject]
        page = clerk.get(address.partition("?")[0])
        clerk.post(f"{page.path}/ambil", page.form("/ambil"))
        found.append(page.path)
    return found


def _hire(app: Flask, agency: AgencyId, login: str, posts: tuple[str, ...], role: Role) -> PersonId:
    new = Registration(
        person=PersonId(f"01{login:a<24}"),
        agency=agency,
        login=login,
        name=f"Nama {login}",
        posts=posts,
        roles=frozenset({role}),
        password_hash=NO_PASSWORD,
    )
    parts_of(app).runtime.register(new, by=Signature.of_system())
    return new.person
