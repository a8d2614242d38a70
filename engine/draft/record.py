"""Typed reading of mappings that somebody wrote by hand: every wrong entry is refused with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from engine.errors import DefinitionError

if TYPE_CHECKING:
    from enum import StrEnum

    Choice = TypeVar("Choice", bound=StrEnum)

# What XML 1.0 can't carry (section 2.2), so neither a drawing nor a form may hold it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SLUG = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")


class Record:
    """One mapping of the facts and its place in them, such as `steps[2].form[0]`."""

    def __init__(self, entries: Mapping[str, object], where: str) -> None:
        self._entries = entries
        self.where = where

    def has(self, key: str) -> bool:
        """Tell whether the entry is there and not null."""
        return self._entries.get(key) is not None

    def names(self) -> tuple[str, ...]:
        """Give the keys of all entries."""
        return tuple(self._entries)

    def text(self, key: str) -> str:
        """Give a text that is not empty. Raises DefinitionError."""
        return self._as_text(self._get(key), key)

    def find_text(self, key: str) -> str | None:
        """Give a text, or None where the facts have none."""
        return self.text(key) if self.has(key) else None

    def id(self, key: str) -> str:
        """Give a text that can be an id of XML and a variable's name. Raises DefinitionError."""
        return self._matching(key, _ID, "letters, digits and underscores")

    def slug(self, key: str) -> str:
        """Give a text that can name a folder and a file. Raises DefinitionError."""
        return self._matching(key, _SLUG, "small letters, digits and dashes")

    def flag(self, key: str) -> bool:
        """Give a truth value; False where the facts have none."""
        value = self._entries.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def choice(self, key: str, among: type[Choice]) -> Choice:
        """Give one of the words of `among`. Raises DefinitionError."""
        text = self.text(key)
        if text not in [member.value for member in among]:
            raise self._wrong(key, "one of " + ", ".join(member.value for member in among))
        return among(text)

    def record(self, key: str) -> Record:
        """Give the mapping under a key. Raises DefinitionError."""
        return self._as_record(self._get(key), key)

    def records(self, key: str) -> tuple[Record, ...]:
        """Give the list of mappings under a key; empty where the facts have none."""
        return tuple(
            self._as_record(item, f"{key}[{place}]") for place, item in enumerate(self._list(key))
        )

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the list of texts under a key; empty where the facts have none."""
        return tuple(
            self._as_text(item, f"{key}[{place}]") for place, item in enumerate(self._list(key))
        )

    def _get(self, key: str) -> object:
        if not self.has(key):
            raise DefinitionError(
                f"Expected {self._place(key)} in the facts, but it is missing",
                code="facts_missing",
                place=self._place(key),
            )
        return self._entries[key]

    def _list(self, key: str) -> list[object]:
        value = self._entries.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return value

    def _as_text(self, value: object, key: str) -> str:
        if not isinstance(value, str) or not value.strip() or _UNWRITABLE.search(value):
            raise self._wrong(key, "a text")
        return " ".join(value.split())

    def _as_record(self, value: object, key: str) -> Record:
        if not isinstance(value, Mapping):
            raise self._wrong(key, "a mapping")
        return Record(value, self._place(key))

    def _matching(self, key: str, pattern: re.Pattern[str], expected: str) -> str:
        text = self.text(key)
        if not pattern.fullmatch(text):
            raise self._wrong(key, expected)
        return text

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _wrong(self, key: str, expected: str) -> DefinitionError:
        return DefinitionError(
            f"Expected {expected} at {self._place(key)}, but found something else",
            code="facts_wrong",
            place=self._place(key),
            expected=expected,
        )
