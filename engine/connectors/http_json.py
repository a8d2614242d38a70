"""The connector `alur.http`: one call of a JSON service, and its answer as a variable.

    http.alamat    the address; scheme and host stand there as they are, values `${…}` only behind them
    http.metode    GET, POST or PUT; without it POST where something is sent, else GET
    http.isi       an expression; its value is sent as JSON, numbers exact
    http.hasil     the variable that gets the answer

A value in the address is encoded, so that it can't lead to another place of the service. What must stay secret (tokens)
is no matter of drawings: the installation's settings add it (`web.http_call`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from engine.connectors.connector import Fault, list_missing, list_unknown, text_of, value_of
from engine.expression import (
    ExpressionInvalid,
    Language,
    compile_expression,
    compile_text,
    is_expression,
)
from engine.expression.language import parts_of
from engine.form.names import name_problem
from engine.job import JobFailed
from engine.variables import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.connectors.connector import Ask
    from engine.expression import Expression

TOPIC = "alur.http"
ADDRESS, METHOD, BODY, RESULT = "http.alamat", "http.metode", "http.isi", "http.hasil"
PROPERTIES = frozenset({ADDRESS, METHOD, BODY, RESULT})
METHODS = ("GET", "POST", "PUT")

LONGEST_ADDRESS = 2_000
"""Characters of an address."""

_BEGINNING = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(?=[/?]|\Z)")
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?&=%+,;!*'()@]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A call to be made. `body` is canonical JSON, None when nothing is sent; `result` names the variable for the answer."""

    method: str
    address: str
    body: bytes | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSetup:
    """What a task says of its call; `address` are texts and expressions in order."""

    method: str
    address: tuple[str | Expression, ...]
    body: Expression | None
    result: str

    @property
    def names(self) -> frozenset[str]:
        """The variables that it reads."""
        read = [part for part in self.address if not isinstance(part, str)]
        read += [] if self.body is None else [self.body]
        return frozenset(name for each in read for name in each.names | each.filter_names)

    def order(self, ask: Ask) -> HttpRequest:
        """Fill in the values of a case. Raises JobFailed for one that can't stand in an address."""
        parts = (
            part if isinstance(part, str) else quote(text_of(part, ask, ADDRESS), safe="")
            for part in self.address
        )
        address = "".join(parts)
        if len(address) > LONGEST_ADDRESS or {".", ".."} & set(urlsplit(address).path.split("/")):
            raise JobFailed(
                "Expected an address of the service, but its values lead elsewhere",
                code="connector_value",
                is_final=True,
                told=ADDRESS,
            )
        body = None if self.body is None else dump(value_of(self.body, ask, BODY))
        return HttpRequest(method=self.method, address=address, body=body, result=self.result)


class HttpConnector:
    """See the module."""

    prefix = "http."

    def faults(self, given: Mapping[str, str]) -> Iterator[Fault]:
        """Find what is wrong with the properties of a task."""
        yield from list_unknown(given, PROPERTIES)
        yield from list_missing(given, (ADDRESS,))
        yield from _address_faults(given.get(ADDRESS, "").strip())
        method, body = given.get(METHOD, "").strip(), given.get(BODY, "").strip()
        if method and method not in METHODS:
            yield Fault(code="connector_method", params={"text": method[:40]})
        if body:
            yield from _body_faults(body, method)
        result = given.get(RESULT, "").strip()
        if result and name_problem(result) is not None:
            yield Fault(code="connector_result", params={"name": result[:80]})

    def compile(self, given: Mapping[str, str]) -> HttpSetup:
        """Read the properties of a task. Raises ExpressionInvalid."""
        body = given.get(BODY, "").strip()
        return HttpSetup(
            method=given.get(METHOD, "").strip() or ("POST" if body else "GET"),
            address=_compiled_address(given.get(ADDRESS, "").strip()),
            body=compile_text(body, default=None) if body else None,
            result=given.get(RESULT, "").strip(),
        )


def origin_of(address: str) -> tuple[str, str, int]:
    """Give scheme, host in lower case and port of an address that the gate let through."""
    parts = urlsplit(address)
    return (
        parts.scheme,
        parts.hostname or "",
        parts.port or (443 if parts.scheme == "https" else 80),
    )


def _compiled_address(text: str) -> tuple[str | Expression, ...]:
    return tuple(
        compile_expression(part.text, Language.JUEL) if part.is_expression else part.text
        for part in parts_of(text)
    )


def _address_faults(text: str) -> Iterator[Fault]:
    if not text:
        return
    beginning = _BEGINNING.match(text)
    if beginning is None or len(text) > LONGEST_ADDRESS or not _has_port(text[: beginning.end()]):
        yield Fault(code="connector_host", params={"text": text[:80]})
        return
    try:
        parts = _compiled_address(text)
    except ExpressionInvalid as error:
        yield Fault(
            code="connector_expression_invalid", params={"property": ADDRESS, "error": error}
        )
        return
    if not all(_PLAIN.fullmatch(part) for part in parts if isinstance(part, str)):
        yield Fault(code="connector_host", params={"text": text[:80]})


def _has_port(beginning: str) -> bool:
    """Tell whether the port, if there is one, is one that exists."""
    try:
        return urlsplit(beginning).port != 0
    except ValueError:
        return False


def _body_faults(body: str, method: str) -> Iterator[Fault]:
    if method == "GET":
        yield Fault(code="connector_body_unsent")
    try:
        compile_text(body, default=None)
    except ExpressionInvalid as error:
        params = {"property": BODY, "error": error}
        if is_expression(body):
            yield Fault(code="connector_expression_invalid", params=params)
        else:
            yield Fault(code="connector_body_plain", params=params)
