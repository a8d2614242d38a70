"""The connector `alur.surel`: one e-mail to one address.

    surel.kepada     the address
    surel.perihal    the subject
    surel.isi        the text

Each is a text or an expression. The address is checked when the e-mail is made, where it goes out (`web.connectors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.connectors.connector import Fault, list_invalid, list_missing, list_unknown, text_of
from engine.expression import Language, compile_literal_or_expression, is_expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.connectors.connector import Ask
    from engine.expression import Expression

TOPIC = "alur.surel"
TO, SUBJECT, BODY = "surel.kepada", "surel.perihal", "surel.isi"
PROPERTIES = TO, SUBJECT, BODY

LONGEST_BODY = 20_000
"""Characters of a text that goes out; what is longer is cut, with an ellipsis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """An e-mail to be sent."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSetup:
    """What a task says of its e-mail."""

    to: Expression
    subject: Expression
    body: Expression
    result: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The variables that it reads."""
        texts = self.to, self.subject, self.body
        return frozenset(name for each in texts for name in each.names | each.filter_names)

    def order(self, ask: Ask) -> Email:
        """Fill in the values of a case. Raises JobFailed for one that is no text."""
        body = text_of(self.body, ask, BODY)
        return Email(
            to=text_of(self.to, ask, TO).strip(),
            subject=text_of(self.subject, ask, SUBJECT),
            body=body if len(body) <= LONGEST_BODY else body[: LONGEST_BODY - 1] + "…",
        )


class EmailConnector:
    """See the module."""

    prefix = "surel."

    def faults(self, given: Mapping[str, str]) -> Iterator[Fault]:
        """Find what is wrong with the properties of a task."""
        yield from list_unknown(given, frozenset(PROPERTIES))
        yield from list_missing(given, PROPERTIES)
        yield from list_invalid(given, PROPERTIES)
        to = given.get(TO, "").strip()
        if to and not is_expression(to) and ("@" not in to or any(c in to for c in ",; <>")):
            yield Fault(code="connector_address", params={"text": to[:80]})

    def compile(self, given: Mapping[str, str]) -> EmailSetup:
        """Read the properties of a task. Raises ExpressionInvalid."""
        to, subject, body = (
            compile_literal_or_expression(given.get(name, ""), Language.FEEL) for name in PROPERTIES
        )
        return EmailSetup(to=to, subject=subject, body=body)
