"""Settings: from the environment (`ALUR_*`), over an optional TOML file named by `ALUR_SETTINGS`.

The file has the same names without the prefix, in lower case (`database_url = "…"`). There are no secrets among them but
what a database address may carry. An unknown name stops the program: a misspelt setting must not pass in silence.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.errors import AlurError
from storage.database import DEFAULT_URL

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "ALUR_"
FILE = "ALUR_SETTINGS"

_WORDS = {"1": True, "true": True, "0": False, "false": False, "": False}
_HIGHEST_PORT = 65_535
_MOST_THREADS = 256


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

    @property
    def address(self) -> str:
        """The address under which people reach Alur."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether people reach Alur by HTTPS, so that cookies can be bound to it."""
        return self.address.startswith("https://")


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


def _whole(found: Mapping[str, object], name: str, most: int) -> int:
    value = found.get(name, getattr(Settings(), name))
    text = str(value)
    fits = text.isascii() and text.isdigit() and 1 <= int(text) <= most
    return int(text) if fits else int(_refuse(name, value, f"1–{most}"))


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
