"""The hosts that processes may call, as the settings list them.

    oss.contoh.go.id              https at port 443, addresses of the open internet only
    oss.contoh.go.id:8443         https at this port, at any address: a service of the office's own network
    http://layanan.contoh:8080    plain HTTP, at any address; the port has to be said

Secrets are listed apart, by host or host and port, each with the value of the header `Authorization`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOST = re.compile(r"(?:(https?)://)?([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?")
_HTTPS = 443
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpHost:
    """A host that may be called; `may_be_private` when its port was said, so that who set it knew where it leads."""

    scheme: str
    name: str
    port: int
    may_be_private: bool
    authorization: str = field(default="", repr=False)


def read_hosts(listed: str, secrets: str = "") -> Mapping[tuple[str, int], HttpHost]:
    """Give the hosts by name and port: `listed` with commas between, `secrets` as `host=value` with semicolons.

    Raises ValueError with the entry that can't be used; a secret is never named whole.
    """
    given = dict(_secrets(secrets))
    hosts: dict[tuple[str, int], HttpHost] = {}
    for entry in filter(None, (part.strip() for part in listed.split(","))):
        host = _host(entry)
        secret = given.pop(f"{host.name}:{host.port}", "")
        if host.port == _HTTPS:
            secret = given.pop(host.name, "") or secret
        if secret and host.scheme == "http" and not _stays_here(host.name):
            raise ValueError(entry)
        hosts[host.name, host.port] = HttpHost(
            scheme=host.scheme,
            name=host.name,
            port=host.port,
            may_be_private=host.may_be_private,
            authorization=secret,
        )
    for left in given:
        raise ValueError(left)
    return hosts


def _host(entry: str) -> HttpHost:
    match = _HOST.fullmatch(entry)
    scheme, name, port = match.groups() if match else (None, "", None)
    if not name or (scheme == "http" and port is None) or int(port or 1) not in _PORTS:
        raise ValueError(entry)
    return HttpHost(
        scheme=scheme or "https",
        name=name.lower(),
        port=int(port or _HTTPS),
        may_be_private=port is not None,
    )


_PORTS = range(1, _HIGHEST_PORT + 1)


def _secrets(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (part.strip() for part in text.split(";"))):
        host, _, value = part.partition("=")
        if not value.strip() or not value.strip().isprintable() or not value.isascii():
            raise ValueError(host.strip()[:80])
        yield host.strip().lower(), value.strip()


def _stays_here(name: str) -> bool:
    return name in ("localhost", "127.0.0.1")
