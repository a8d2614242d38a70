"""From a branch's condition in FEEL, as the facts have it, to JUEL, as the Camunda 7 platform reads it."""

from __future__ import annotations

import re

from engine.errors import DefinitionError

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"[^"\\]*")
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign><=|>=|!=|=|<|>|\(|\))
    )""",
    re.VERBOSE,
)
_WORDS = {"and": "&&", "or": "||", "not": "!"}
_SIGNS = {"=": "=="}


def juel(feel: str, *, gateway: str) -> str:
    """Give the condition as a JUEL expression with its `${}`.

    Comparisons of names, texts and numbers, joined by `and`, `or`, `not` and brackets: what FEEL and JUEL both say in
    the same order. Raises DefinitionError naming the gateway for anything else.
    """
    words: list[str] = []
    place = 0
    end = len(feel.rstrip())
    while place < end:
        token = _TOKEN.match(feel, place)
        if token is None:
            raise DefinitionError(
                f"Expected a comparison after gateway {gateway!r}, but {feel!r} has more",
                code="facts_condition",
                gateway=gateway,
                condition=feel,
                position=place + 1,
            )
        words.append(_translated(token))
        place = token.end()
    return "${" + " ".join(words).replace("( ", "(").replace(" )", ")") + "}"


def _translated(token: re.Match[str]) -> str:
    found = token.group(token.lastgroup or 0)
    if token.lastgroup == "word":
        return _WORDS.get(found, found)
    return _SIGNS.get(found, found) if token.lastgroup == "sign" else found
