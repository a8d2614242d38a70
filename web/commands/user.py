"""`alur user`: accounts from the command line: `add`, `list`, `password`."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from engine.actor import Agency, Role, Signature
from engine.errors import InvalidSubmission
from engine.ids import AgencyId, PersonId, PostId
from engine.office.texts import code_of, email_of, login_of, name_of
from engine.store import Registration
from storage.accounts import change_password
from storage.queries.people import list_agencies, list_persons
from web.application import open_parts
from web.commands.deploy import find_agency
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.passwords import check_new, hash_password

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from web.parts import Parts

SUMMARY = "Tambah atau lihat akun, atau ganti kata sandi."

EPILOG = (
    "Pada basis data kosong `alur user add` juga membuat kantornya: sebutkan --agency dan --agency-name, atau jawab "
    "pertanyaannya. Akun pertama sebuah kantor menjadi administrator; unit, jabatan, dan pegawai lain dibuat di Alur."
)

_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def add_arguments(parser: ArgumentParser) -> None:
    """Take the act and the account."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="TINDAKAN")
    add = acts.add_parser("add", help="tambah akun; kata sandi ditanyakan", epilog=EPILOG)
    add.add_argument("login", metavar="NAMA_MASUK")
    add.add_argument("--name", required=True, metavar="NAMA", help="nama yang tampil")
    add.add_argument("--email", default="", metavar="SUREL", help="alamat untuk pemberitahuan")
    add.add_argument("--post", action="append", default=[], metavar="JABATAN", help="id jabatan")
    add.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    add.add_argument(
        "--agency", default="", metavar="KANTOR", help="id kantor, bila lebih dari satu atau baru"
    )
    add.add_argument("--agency-name", default="", metavar="NAMA_KANTOR", help="buat kantor baru")
    add.add_argument(
        "--zone",
        default="",
        metavar="ZONA",
        help="zona waktu kantor baru: WIB, WITA, WIT, atau nama IANA",
    )
    listing = acts.add_parser("list", help="daftar akun dan jabatannya")
    listing.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    password = acts.add_parser("password", help="ganti kata sandi; kata sandi ditanyakan")
    password.add_argument("login", metavar="NAMA_MASUK")
    password.add_argument(
        "--must-change", action="store_true", help="harus memilih kata sandi sendiri saat masuk"
    )


def execute(arguments: Namespace) -> int:
    """Do the act. Raises AlurError when it is refused."""
    parts = open_parts(settings_here(), read_only=arguments.act == "list")
    try:
        _ACTS[arguments.act](parts, arguments)
    finally:
        parts.database.close()
    return 0


def _add(parts: Parts, arguments: Namespace) -> None:
    is_empty = not parts.database.read(list_agencies)
    new = _new_agency(arguments) if is_empty or arguments.agency_name else None
    agency = new.id if new else find_agency(parts, arguments.agency)
    registration = _registration(parts, arguments, agency)
    if new:
        parts.runtime.found(new, registration, by=Signature.of_system())
        say(f"Kantor {new.name} ({new.id}) dibuat.")
    else:
        parts.runtime.register(registration, by=Signature.of_system())
    roles = ", ".join(sorted(registration.roles))
    say(f"Akun {registration.login} dibuat ({roles}).")
    if new:
        say(
            f"Jalankan `alur run`, lalu masuk sebagai {registration.login} untuk mengisi kantornya."
        )


def _new_agency(arguments: Namespace) -> Agency:
    """Give the agency to be set up, from the command line or, at a terminal, as answered."""
    agency = arguments.agency or _answer("Kode kantor, misalnya pasuruan: ")
    name = arguments.agency_name or _answer("Nama kantor: ")
    zone = arguments.zone or (_answer("Zona waktu [WIB]: ") if sys.stdin.isatty() else "") or "WIB"
    if not agency or not name:
        raise InvalidSubmission("Expected an agency, but it is not named", code="agency_missing")
    return Agency(id=AgencyId(code_of(agency)), name=name_of(name), zone=_zone(zone))


def _zone(text: str) -> str:
    zone = _ZONES.get(text.upper(), text)
    if zone not in available_timezones():
        raise InvalidSubmission(
            f"Expected an IANA zone, but found {text!r}", code="zone_unknown", zone=text
        )
    return zone


def _registration(parts: Parts, arguments: Namespace, agency: AgencyId) -> Registration:
    login, name = login_of(arguments.login), name_of(arguments.name)
    email = email_of(arguments.email)
    usual = Role.STAFF if _has_administrator(parts, agency) else Role.ADMINISTRATOR
    return Registration(
        person=PersonId(parts.ids.new()),
        agency=agency,
        login=login,
        name=name,
        posts=tuple(map(PostId, arguments.post)),
        roles=frozenset(map(Role, arguments.role or [usual])),
        password_hash=hash_password(_ask_password(login, name)),
        email=email,
    )


def _has_administrator(parts: Parts, agency: AgencyId) -> bool:
    persons = parts.database.read(lambda c: list_persons(c, parts.clock.now()))
    return any(p.agency == agency and Role.ADMINISTRATOR in p.roles for p in persons)


def _answer(question: str) -> str:
    """Ask at a terminal; elsewhere nobody answers, and the input is the password's."""
    return input(question).strip() if sys.stdin.isatty() else ""


def _list(parts: Parts, arguments: Namespace) -> None:
    persons = parts.database.read(lambda c: list_persons(c, parts.clock.now()))
    if arguments.json:
        say(json.dumps([asdict(person) for person in persons], ensure_ascii=False, indent=2))
        return
    for person in persons:
        say("\t".join((person.login, person.name, ", ".join(person.posts), " ".join(person.roles))))


def _change_password(parts: Parts, arguments: Namespace) -> None:
    hashed = hash_password(_ask_password(arguments.login))
    change_password(parts.database, arguments.login, hashed, must_change=arguments.must_change)
    say(f"Kata sandi {arguments.login} diganti.")


def _ask_password(*words: str) -> str:
    """Ask for a password, at a terminal twice; else the first line of the input is taken. Raises InvalidSubmission."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Kata sandi: ")
        if password != getpass.getpass("Kata sandi sekali lagi: "):
            raise InvalidSubmission(
                "Expected the password twice, but they differ", code="password_repeat"
            )
    check_new(password, *words)
    return password


_ACTS: Mapping[str, Callable[[Parts, Namespace], None]] = {
    "add": _add,
    "list": _list,
    "password": _change_password,
}
