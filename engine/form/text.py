"""Text of one line and of several."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypedDict

from typing_extensions import override

from engine.form.field import SingleField, common
from engine.form.identity import IDENTITIES, Identity
from engine.form.pattern import PatternInvalid, PatternUnsupported, compile_pattern
from engine.form.problem import FieldCode, FormCode, Refused

if TYPE_CHECKING:
    from engine.form.component import Component
    from engine.form.pattern import Pattern
    from engine.variables import Value

LINE_LENGTH = 1_000
"""Characters that a line may have when its form sets no limit."""

TEXT_LENGTH = 10_000
"""Characters that a text may have when its form sets no limit."""

LONGEST = 100_000
"""Characters that a form may allow at most."""

_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
"""An e-mail address as browsers and form-js know it (HTML, 4.10.5.1.5)."""

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
    pattern: Pattern | None = None
    pattern_sentence: str | None = None
    identity: Identity | None = None
    is_email: bool = False

    @classmethod
    def of(cls, component: Component) -> TextField:
        """Read the field from its component."""
        kind = component.one_of("validate.validationType", "email", "phone", "custom")
        pattern = _pattern(component)
        return cls(
            **common(component),
            **_lengths(component, cls.default_length),
            prefix=component.text("appearance.prefixAdorner"),
            suffix=component.text("appearance.suffixAdorner"),
            pattern=pattern,
            pattern_sentence=component.text("validate.patternErrorMessage") if pattern else None,
            identity=_identity(component, kind),
            is_email=kind == "email",
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
        return self._shaped(text) if text else None

    def tidy(self, text: str) -> str:
        """Give the text with the line breaks that its kind keeps."""
        return text

    @override
    def shown(self, value: Value) -> str:
        """Give the text with what stands before and after it."""
        text = value if isinstance(value, str) else SingleField.shown(self, value)
        text = self.identity.shown(text) if self.identity else text
        return " ".join(filter(None, (self.prefix, text, self.suffix))) if text else ""

    @override
    def text_of(self, value: Value) -> str:
        """Give the text itself, a number that names somebody in its groups."""
        return self.identity.shown(str(value)) if self.identity else str(value)

    def _shaped(self, text: str) -> str:
        """Give the text as it is kept. Raises Refused when it has not the shape that is asked for."""
        kept = self.identity.kept(text) if self.identity else text
        if self.is_email and not _EMAIL.fullmatch(kept):
            raise Refused(FieldCode.EMAIL_INVALID)
        if self.pattern is not None and not self.pattern.fits(kept):
            if self.pattern_sentence:
                raise Refused(FieldCode.TEXT_PATTERN_SAID, sentence=self.pattern_sentence)
            raise Refused(FieldCode.TEXT_PATTERN, pattern=self.pattern.source)
        return kept

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

    @classmethod
    @override
    def of(cls, component: Component) -> TextArea:
        """Read the field from its component."""
        return cls(**common(component), **_lengths(component, cls.default_length))

    @override
    def tidy(self, text: str) -> str:
        """Give the text with every kind of line break written as a line feed."""
        return _BREAKS.sub("\n", text)


class _Lengths(TypedDict):
    min_length: int
    max_length: int


def _lengths(component: Component, default: int) -> _Lengths:
    least = component.whole("validate.minLength", least=0, most=LONGEST) or 0
    most = component.whole("validate.maxLength", least=1, most=LONGEST) or default
    if least > most:
        component.problem(
            FormCode.PROPERTY_VALUE, property="validate.maxLength", expected=f"≥ {least}"
        )
    return _Lengths(min_length=least, max_length=most)


def _pattern(component: Component) -> Pattern | None:
    source = component.value("validate.pattern")
    if source in (None, ""):
        return None
    if not isinstance(source, str):
        component.problem(FormCode.PROPERTY_VALUE, property="validate.pattern", expected="^[A-Z]+$")
        return None
    try:
        return compile_pattern(source)
    except PatternUnsupported as error:
        component.problem(FormCode.PATTERN_UNSUPPORTED, pattern=source, part=error.part)
    except PatternInvalid:
        component.problem(FormCode.PATTERN_INVALID, pattern=source)
    return None


def _identity(component: Component, kind: str | None) -> Identity | None:
    """Read which number the text is; form-js' own kind `phone` is a telephone number by our rules."""
    name = component.one_of("properties.jenis", *IDENTITIES)
    if name and kind in ("phone", "email") and (kind, name) != ("phone", "telepon"):
        component.problem(
            FormCode.PROPERTY_VALUE, property="validate.validationType", expected="custom"
        )
    return IDENTITIES.get("telepon" if kind == "phone" else name or "")
