"""`alur user`: accounts from the command line: `add`, `list`, `password`."""

from __future__ import annotations

import getpass
import json
import re
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from engine.actor import Role, Signature
from engine.errors import InvalidSubmission
from engine.ids import PersonId, PostId
from engine.store import Registration
from storage.accounts import change_password
from storage.queries.people import list_persons
from web.application import open_parts
from web.commands.deploy import find_agency
from web.commands.settings import settings_here
from web.commands.speaking import say
from web.passwords import SHORTEST, hash_password

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from web.parts import Parts

SUMMARY = "Tambah atau lihat akun, atau ganti kata sandi."

_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


def add_arguments(parser: ArgumentParser) -> None:
    """Take the act and the account."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="TINDAKAN")
    add = acts.add_parser("add", help="tambah akun; kata sandi ditanyakan")
    add.add_argument("login", metavar="NAMA_MASUK")
    add.add_argument("--name", required=True, metavar="NAMA", help="nama yang tampil")
    add.add_argument("--post", action="append", default=[], metavar="JABATAN", help="id jabatan")
    add.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    add.add_argument(
        "--agency", default="", metavar="KANTOR", help="id kantor, bila lebih dari satu"
    )
    listing = acts.add_parser("list", help="daftar akun dan jabatannya")
    listing.add_argument("--json", action="store_true", help="tulis sebagai JSON")
    password = acts.add_parser("password", help="ganti kata sandi; kata sandi ditanyakan")
    password.add_argument("login", metavar="NAMA_MASUK")


def execute(arguments: Namespace) -> int:
    """Do the act. Raises AlurError when it is refused."""
    parts = open_parts(settings_here(), read_only=arguments.act == "list")
    try:
        _ACTS[arguments.act](parts, arguments)
    finally:
        parts.database.close()
    return 0


def _add(parts: Parts, arguments: Namespace) -> None:
    if not _LOGIN.fullmatch(arguments.login):
        raise InvalidSubmission(
            f"Expected a login of small letters, but found {arguments.login!r}",
            code="login_shape",
            login=arguments.login,
        )
    registration = Registration(
        person=PersonId(parts.ids.new()),
        agency=find_agency(parts, arguments.agency),
        login=arguments.login,
        name=arguments.name,
        posts=tuple(map(PostId, arguments.post)),
        roles=frozenset(map(Role, arguments.role or [Role.STAFF.value])),
        password_hash=hash_password(_ask_password()),
    )
    parts.runtime.register(registration, by=Signature.of_system())
    say(f"Akun {arguments.login} dibuat.")


def _list(parts: Parts, arguments: Namespace) -> None:
    persons = parts.database.read(lambda c: list_persons(c, parts.clock.now()))
    if arguments.json:
        say(json.dumps([asdict(person) for person in persons], ensure_ascii=False, indent=2))
        return
    for person in persons:
        say("\t".join((person.login, person.name, ", ".join(person.posts), " ".join(person.roles))))


def _change_password(parts: Parts, arguments: Namespace) -> None:
    change_password(parts.database, arguments.login, hash_password(_ask_password()))
    say(f"Kata sandi {arguments.login} diganti.")


def _ask_password() -> str:
    """Ask for a password; when the input is no terminal, its first line is taken."""
    asks = sys.stdin.isatty()
    password = getpass.getpass("Kata sandi: ") if asks else sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST:
        raise InvalidSubmission(
            f"Expected a password of {SHORTEST} characters, but it is shorter",
            code="password_short",
            limit=SHORTEST,
        )
    return password


_ACTS: Mapping[str, Callable[[Parts, Namespace], None]] = {
    "add": _add,
    "list": _list,
    "password": _change_password,
}
