"""Settings: from the environment (`ALUR_*`), over an optional TOML file named by `ALUR_SETTINGS`.

The file has the same names without the prefix, in lower case (`database_url = "…"`). There are no secrets among them but
what the addresses of the database and of the mail server may carry; no message repeats those. An unknown name stops the program: a misspelt setting must not pass in silence.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from datetime import time
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from engine.errors import AlurError
from storage.database import DEFAULT_URL
from web.http_hosts import read_hosts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

PREFIX = "ALUR_"
FILE = "ALUR_SETTINGS"

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine."""

_WORDS = {"1": True, "true": True, "0": False, "false": False, "": False}
_HIGHEST_PORT = 65_535
MAIL_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
"""How a mail server may be spoken to, and at which port when none is said (RFC 5321, 6409, 8314)."""

_MOST_THREADS = 256
_MOST_PROXIES = 9


class _Http(TypedDict):
    http_hosts: str
    http_authorization: str


class InvalidSettings(AlurError):
    """The program can't start with these settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an installation may choose."""

    database_url: str = DEFAULT_URL
    """SQLAlchemy address of the database: a SQLite file, or `postgresql+psycopg://…`."""
    base_url: str = ""
    """Address under which people reach Alur; empty means `http://host:port`."""
    host: str = "127.0.0.1"
    """Address to listen at."""
    port: int = 8000
    """Port to listen at."""
    threads: int = 8
    """How many requests are answered at the same time."""
    demonstration: bool = False
    """Fill an empty database with the demonstration office and list its people at the sign-in."""
    insecure_http: bool = False
    """Allow plain HTTP beyond this machine."""
    smtp_url: str = field(default="", repr=False)
    """The mail server: `smtp://`, `starttls://` or `smtps://[user:password@]host[:port]`; empty means no e-mail."""
    smtp_from: str = ""
    """The address that e-mails come from, with or without a name: `Alur <alur@contoh.go.id>`."""
    smtp_ca: str = ""
    """A PEM file with the authority of the mail server's certificate, if it is none that this machine knows."""
    http_hosts: str = ""
    """Hosts that processes may call, with commas between (`web.http_hosts`); empty means none."""
    http_authorization: str = field(default="", repr=False)
    """What these hosts are shown as `Authorization`: `host=value` or `host:port=value`, with semicolons between."""
    digest_at: time = time(7)
    """When the digest of notices goes out, in each agency's zone."""
    proxies: int = 0
    """How many proxies of ours stand before Alur; each adds the address of who asked it to `X-Forwarded-For`."""

    @property
    def address(self) -> str:
        """The address under which people reach Alur."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether people reach Alur by HTTPS, so that cookies can be bound to it."""
        return self.address.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which requests may come; empty when nothing is known of them."""
        if self.base_url:
            return frozenset({urlsplit(self.base_url).hostname or ""})
        return LOOPBACK | {self.host} if _is_loopback(self.host) else frozenset()


NAMES = tuple(field.name for field in dataclasses.fields(Settings))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises InvalidSettings for an unknown name, a bad value or insecure HTTP."""
    found: dict[str, object] = dict(_from_file(environment[FILE])) if environment.get(FILE) else {}
    found |= {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and name != FILE
    }
    settings = Settings(
        database_url=_text(found, "database_url"),
        base_url=_url(found),
        host=_text(found, "host"),
        port=_whole(found, "port", _HIGHEST_PORT),
        threads=_whole(found, "threads", _MOST_THREADS),
        demonstration=_flag(found, "demonstration"),
        insecure_http=_flag(found, "insecure_http"),
        smtp_url=_mail_server(found),
        smtp_from=_sender(found),
        smtp_ca=str(found.get("smtp_ca", "")),
        **_http(found),
        digest_at=_time_of_day(found, "digest_at"),
        proxies=_whole(found, "proxies", _MOST_PROXIES, least=0),
    )
    _refuse_unknown(found)
    _refuse_insecure(settings)
    return settings


def _from_file(name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidSettings(
            f"Expected a TOML file at {name}, but: {error}",
            code="settings_file",
            file=name,
            reason=str(error),
        ) from error


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name, getattr(Settings(), name))
    return value if isinstance(value, str) and value else _refuse(name, value, "teks")


def _url(found: Mapping[str, object]) -> str:
    value = found.get("base_url", "")
    if value == "":
        return ""
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return _refuse("base_url", value, "https://alur.contoh.go.id")
    if parts.path.strip("/") or parts.query or parts.fragment:
        return _refuse("base_url", value, "https://alur.contoh.go.id")
    return f"{parts.scheme}://{parts.netloc}"


def _mail_server(found: Mapping[str, object]) -> str:
    value = found.get("smtp_url", "")
    if value == "":
        return ""
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or not _names_a_mail_server(parts):
        return _refuse("smtp_url", "…", "smtps://pengguna:sandi@surel.contoh.go.id:465")
    if parts.scheme == "smtp" and parts.password and not _is_loopback(parts.hostname or ""):
        return _refuse("smtp_url", "smtp://…", "smtps://… / starttls://…")
    return str(value)


def _names_a_mail_server(parts: SplitResult) -> bool:
    try:
        known = parts.scheme in MAIL_PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or too high
        return False
    return known and not (parts.path.strip("/") or parts.query or parts.fragment)


def _sender(found: Mapping[str, object]) -> str:
    value = found.get("smtp_from", "")
    if value == "" and not found.get("smtp_url"):
        return ""
    name, address = parseaddr(str(value))
    try:
        Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError):  # IndexError: an empty one
        address = ""
    fits = "@" in address and address.isascii() and str(value).isprintable()
    return str(value) if fits else _refuse("smtp_from", value, "Alur <alur@contoh.go.id>")


def _http(found: Mapping[str, object]) -> _Http:
    """Give the hosts that may be called and their secrets, which no message repeats."""
    hosts, secrets = (str(found.get(name, "")) for name in ("http_hosts", "http_authorization"))
    for listed, given, name, expected in (
        (hosts, "", "http_hosts", "layanan.contoh.go.id, https://oss.contoh.go.id:8443"),
        (hosts, secrets, "http_authorization", "layanan.contoh.go.id=Bearer …; …"),
    ):
        try:
            read_hosts(listed, given)
        except ValueError as error:
            # where the secrets are wrong, not even a part of them is repeated
            _refuse(name, "…" if given else str(error), expected)
    return _Http(http_hosts=hosts, http_authorization=secrets)


def _time_of_day(found: Mapping[str, object], name: str) -> time:
    value = found.get(name, getattr(Settings(), name))
    try:
        return time.fromisoformat(str(value).replace(".", ":"))
    except ValueError:
        return time.fromisoformat(_refuse(name, value, "07:00"))


def _whole(found: Mapping[str, object], name: str, most: int, least: int = 1) -> int:
    value = found.get(name, getattr(Settings(), name))
    text = str(value)
    fits = text.isascii() and text.isdigit() and least <= int(text) <= most
    return int(text) if fits else int(_refuse(name, value, f"{least}–{most}"))


def _flag(found: Mapping[str, object], name: str) -> bool:
    value = str(found.get(name, "")).lower()
    return _WORDS[value] if value in _WORDS else bool(_refuse(name, value, "1, 0"))


def _refuse(name: str, value: object, expected: str) -> str:
    raise InvalidSettings(
        f"Expected {expected} for {PREFIX}{name.upper()}, but found {value!r}",
        code="setting_value",
        name=f"{PREFIX}{name.upper()}",
        value=str(value),
        expected=expected,
    )


def _refuse_unknown(found: Mapping[str, object]) -> None:
    for name in sorted(found.keys() - set(NAMES)):
        known = ", ".join(f"{PREFIX}{known.upper()}" for known in NAMES)
        raise InvalidSettings(
            f"Expected one of {known}, but found {PREFIX}{name.upper()}",
            code="setting_unknown",
            name=f"{PREFIX}{name.upper()}",
            known=known,
        )


def _refuse_insecure(settings: Settings) -> None:
    # Behind a proxy that speaks HTTPS the listening address may be any; a plain address may not leave the machine.
    if settings.is_secure or settings.insecure_http:
        return
    for host in (settings.host, urlsplit(settings.address).hostname or ""):
        if not _is_loopback(host):
            raise InvalidSettings(
                f"Expected HTTPS or a loopback address, but {host} would be served by plain HTTP",
                code="setting_insecure",
                host=host,
            )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
