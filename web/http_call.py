"""Calls of JSON services: to hosts that the installation lists, and to no other place, whatever a drawing or an answer says.

The name of a host is looked up once, the addresses found are checked, and the call goes to one of these, so that a name that
means something else a moment later leads nowhere (DNS rebinding). Redirects are refused, and so is what takes too long, is
too large or is no JSON. What goes wrong becomes a `JobFailed`: what may pass is tried again, the rest is final.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from typing_extensions import override

from engine.connectors.http_json import origin_of
from engine.job import JobFailed
from engine.variables import InvalidValue, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.connectors.http_json import HttpRequest
    from engine.ids import JobId
    from engine.variables import Value
    from web.http_hosts import HttpHost

    Resolve = Callable[[str, int], list[str]]
    """Gives the addresses of a host. Raises OSError."""

SECONDS = 10
"""How long a call may take in all, the answer read to its end."""

MOST_BYTES = 1_000_000
"""Bytes of an answer."""

_PASSING = frozenset({408, 425, 429})
"""Answers below 500 that may be others later (RFC 9110, 15.5.9; RFC 8470, 5.2; RFC 6585, 4)."""

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")
_CODE_MEMBERS = ("code", "kode", "error", "type")
_NAT64 = ip_network("64:ff9b::/96")


class HttpCaller:
    """Makes calls; for any number of threads. `hosts` are the listed ones by host and port."""

    def __init__(
        self,
        hosts: Mapping[tuple[str, int], HttpHost],
        *,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._hosts = hosts
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve or _look_up
        self._seconds = seconds

    def call(self, request: HttpRequest, job: JobId) -> Value:
        """Make a call and give its answer, None for an empty one. Raises JobFailed.

        The job's id goes along as `Idempotency-Key`: what is sent again after a crash can be told by the other side.
        """
        scheme, name, port = origin_of(request.address)
        host = self._hosts.get((name, port))
        if host is None or host.scheme != scheme:
            raise _failed("http_host_not_listed", told=f"{scheme}://{name}:{port}", is_final=True)
        deadline = time.monotonic() + self._seconds
        line = _Line(host, self._addresses_of(host), self._tls, deadline)
        try:
            with line.limited():
                return self._exchange(line, host, request, job)
        except (OSError, HTTPException) as error:
            raise _broken(error, is_over=line.is_over) from error

    def _addresses_of(self, host: HttpHost) -> list[str]:
        try:
            found = self._resolve(host.name, host.port)
        except OSError as error:
            raise _failed("http_name_unknown") from error
        if not found:
            raise _failed("http_name_unknown")
        # one that leads inside among others is no accident
        if not host.may_be_private and not all(is_public(address) for address in found):
            raise _failed("http_address_private", is_final=True)
        return found

    def _exchange(self, line: _Line, host: HttpHost, request: HttpRequest, job: JobId) -> Value:
        headers = {"Accept": "application/json", "User-Agent": "Alur", "Connection": "close"}
        headers["Idempotency-Key"] = job
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        if host.authorization:
            headers["Authorization"] = host.authorization
        asked = urlsplit(request.address)
        target = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
        line.request(request.method, target, body=request.body, headers=headers)
        with line.getresponse() as answer:
            content = answer.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise _failed("http_too_large", told=_said(answer, b""), is_final=True)
            if answer.length or line.is_over:  # cut off, by the other side or by the deadline
                raise IncompleteRead(b"")
            return _read(answer, content)


class _Line(HTTPConnection):
    """One connection, to addresses that were checked, that ends by its deadline whatever the other side does."""

    def __init__(
        self, host: HttpHost, addresses: list[str], tls: ssl.SSLContext, deadline: float
    ) -> None:
        super().__init__(host.name, host.port)
        self.default_port = 443 if host.scheme == "https" else 80
        self._addresses = addresses
        self._secured = tls if host.scheme == "https" else None
        self._deadline = deadline
        self._door: socket.socket | None = None

    @property
    def is_over(self) -> bool:
        """Whether the deadline has come."""
        return time.monotonic() >= self._deadline

    @override
    def connect(self) -> None:
        """Connect; the certificate has to be that of the host's name."""
        door = self._door = self._opened()
        if self._secured is not None:
            door = self._door = self._secured.wrap_socket(
                door, server_hostname=self.host, do_handshake_on_connect=False
            )
            door.do_handshake()
        self.sock = door

    def _opened(self) -> socket.socket:
        """Give a connection to the first address that takes one."""
        refused: OSError = TimeoutError()
        for address in self._addresses:
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, self.port), timeout=left)
            except OSError as error:
                refused = error
        raise refused

    def limited(self) -> _Limit:
        """Give what closes the line at the deadline, and in any case in the end."""
        return _Limit(self, self._deadline - time.monotonic())

    @override
    def close(self) -> None:
        """Close the connection, also one that never came to its end of shaking hands."""
        super().close()
        if self._door is not None:
            self._door.close()

    def break_off(self) -> None:
        """End what is being sent or read, from another thread."""
        door = self._door
        if door is not None:
            with suppress(OSError):
                # the plain one: that of an SSL socket would take its state away from the thread that reads
                socket.socket.shutdown(door, socket.SHUT_RDWR)


class _Limit:
    """A time limit: each byte renews a socket's own, so a dripping answer would never end."""

    def __init__(self, line: _Line, seconds: float) -> None:
        self._line = line
        self._timer = threading.Timer(max(seconds, 0), line.break_off)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()
        self._line.close()


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet, also when it holds another one within."""
    found = ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in (found, *_within(found)))


def _within(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Give the IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64 (RFC 4291, 3056, 4380, 6052)."""
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(each for each in found if each is not None)


def _look_up(name: str, port: int) -> list[str]:
    return [str(each[4][0]) for each in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


def _read(answer: HTTPResponse, content: bytes) -> Value:
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise _refusal(answer, content)
    if not content.strip():
        return None
    if not _is_json(answer):
        raise _failed("http_not_json", told=_said(answer, b""), is_final=True)
    try:
        return load(content)
    except (InvalidValue, UnicodeDecodeError) as error:
        raise _failed("http_not_json", told=_said(answer, b""), is_final=True) from error


def _refusal(answer: HTTPResponse, content: bytes) -> JobFailed:
    told = _said(answer, content if _is_json(answer) else b"")
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        return _failed("http_redirect", told=told, is_final=True)
    passes = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _PASSING
    return _failed("http_later" if passes else "http_refused", told=told, is_final=not passes)


def _is_json(answer: HTTPResponse) -> bool:
    kind = answer.headers.get_content_type()
    return kind == "application/json" or kind.endswith("+json")


def _said(answer: HTTPResponse, content: bytes) -> str:
    """Say in short what was answered: its number, and a code in it; no free text, which may hold what belongs to a person."""
    known = {status.value: status.phrase for status in HTTPStatus}
    told = f"HTTP {answer.status} {known.get(answer.status, '')}".strip()
    with suppress(InvalidValue, UnicodeDecodeError):
        value = load(content)
        given = [value.get(name) for name in _CODE_MEMBERS] if isinstance(value, dict) else []
        codes = (each for each in given if isinstance(each, str) and _CODE.fullmatch(each))
        code = next(codes, "")
        return f"{told} ({code})" if code else told
    return told


def _broken(error: OSError | HTTPException, *, is_over: bool) -> JobFailed:
    if isinstance(error, TimeoutError) or is_over:
        return _failed("http_slow")
    if isinstance(error, ssl.SSLError):
        return _failed("http_certificate")
    return _failed("http_unfit" if isinstance(error, HTTPException) else "http_unreachable")


def _failed(code: str, *, told: str = "", is_final: bool = False) -> JobFailed:
    return JobFailed(
        f"Expected a service to answer, but {code} {told}", code=code, told=told, is_final=is_final
    )
