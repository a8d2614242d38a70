"""Text of one line and of several."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from engine.form.field import SingleField, common
from engine.form.problem import FieldCode, Refused

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.variables import Value

LINE_LENGTH = 1_000
"""Characters that a line may have when its form sets no limit."""

TEXT_LENGTH = 10_000
"""Characters that a text may have when its form sets no limit."""

LONGEST = 100_000
"""Characters that a form may allow at most."""

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction of writing: they can make a text read otherwise than it is kept."""

_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories: control characters, lone surrogates, line and paragraph separators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(SingleField):
    """A line of text (form-js `textfield`)."""

    kind: ClassVar[str] = "textfield"
    allowed: ClassVar[frozenset[str]] = frozenset()
    default_length: ClassVar[int] = LINE_LENGTH

    prefix: str | None = None
    suffix: str | None = None
    min_length: int = 0
    max_length: int = LINE_LENGTH

    @classmethod
    def of(cls, component: Component) -> TextField:
        """Read the field from its component."""
        return cls(
            **common(component),
            prefix=component.text("appearance.prefixAdorner"),
            suffix=component.text("appearance.suffixAdorner"),
            min_length=component.whole("validate.minLength", least=0, most=LONGEST) or 0,
            max_length=component.whole("validate.maxLength", least=1, most=LONGEST)
            or cls.default_length,
        )

    @override
    def parse(self, text: str) -> Value:
        """Give the text itself."""
        return text

    @override
    def check(self, value: Value) -> Value:
        """Give the text without surrounding space, None when nothing is left."""
        if not isinstance(value, str):
            raise Refused(FieldCode.WRONG_TYPE, kind=self.kind)
        text = self.tidy(value).strip()
        if not text.isprintable() and any(map(self._is_unwanted, text)):
            raise Refused(FieldCode.TEXT_CONTROL)
        if len(text) > self.max_length:
            raise Refused(FieldCode.TEXT_LONG, limit=self.max_length, length=len(text))
        if text and len(text) < self.min_length:
            raise Refused(FieldCode.TEXT_SHORT, limit=self.min_length, length=len(text))
        return text or None

    def tidy(self, text: str) -> str:
        """Give the text with the line breaks that its kind keeps."""
        return text

    @override
    def shown(self, value: Value) -> str:
        """Give the text with what stands before and after it."""
        text = value if isinstance(value, str) else SingleField.shown(self, value)
        return " ".join(filter(None, (self.prefix, text, self.suffix))) if text else ""

    @override
    def text_of(self, value: Value) -> str:
        """Give the text itself."""
        return str(value)

    def _is_unwanted(self, character: str) -> bool:
        if character in self.allowed:
            return False
        return character in _BIDI or unicodedata.category(character) in _UNWANTED


@dataclass(frozen=True, slots=True, kw_only=True)
class TextArea(TextField):
    """A text of several lines (form-js `textarea`); lines end with a single line feed."""

    kind: ClassVar[str] = "textarea"
    allowed: ClassVar[frozenset[str]] = frozenset("\n\t")
    default_length: ClassVar[int] = TEXT_LENGTH

    @override
    def tidy(self, text: str) -> str:
        """Give the text with every kind of line break written as a line feed."""
        return _BREAKS.sub("\n", text)
