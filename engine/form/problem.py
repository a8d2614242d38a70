"""What can be wrong with a form file and with a submission: stable codes, worded in `web/form_words.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping


class FormCode(StrEnum):
    """What can be wrong with a form file; the parameters that each sentence names stand behind it."""

    TOO_LARGE = "form_too_large"  # limit (kB)
    JSON = "form_json"
    NOT_A_FORM = "form_not_a_form"
    SCHEMA_VERSION = "form_schema_version"  # found, newest
    COMPONENT_SHAPE = "form_component_shape"
    COMPONENT_UNKNOWN = "form_component_unknown"  # type
    NESTING = "form_nesting"  # type
    TOO_MANY_PARTS = "form_too_many_parts"  # limit
    PROPERTY_UNSUPPORTED = "form_property_unsupported"  # property
    PROPERTY_VALUE = "form_property_value"  # property, expected
    EXPRESSION_UNSUPPORTED = "form_expression_unsupported"  # property
    LABEL_MISSING = "form_label_missing"
    KEY_SHAPE = "form_key_shape"  # key
    KEY_RESERVED = "form_key_reserved"  # key
    KEY_TWICE = "form_key_twice"  # key
    OPTIONS_MISSING = "form_options_missing"
    OPTION_TWICE = "form_option_twice"  # option
    COLUMNS_MISSING = "form_columns_missing"
    MARKUP_UNSUPPORTED = "form_markup_unsupported"  # text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One thing wrong in a form file; `component` is the key, else the id, else the type it stands at."""

    code: FormCode
    component: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class InvalidForm(DefinitionError):
    """A form file can't be deployed; `problems` says everything that is wrong with it."""

    def __init__(self, file: str, problems: tuple[FormProblem, ...]) -> None:
        found = ", ".join(f"{p.code} at {p.component or 'the form'}" for p in problems)
        super().__init__(
            f"Expected a form that Alur supports, but {file} has: {found}",
            code="form_invalid",
            file=file,
            problems=problems,
        )
        self.file = file
        self.problems = problems


class FieldCode(StrEnum):
    """What can be wrong in a submission; the parameters that each sentence names stand behind it."""

    TOO_LARGE = "submission_too_large"  # limit (thousand characters)
    UNKNOWN = "field_unknown"  # field
    MISSING = "field_missing"
    TWICE = "field_twice"
    REQUIRED = "field_required"
    TICK_REQUIRED = "field_tick_required"
    CHOICE_REQUIRED = "field_choice_required"
    FILE_REQUIRED = "field_file_required"
    ROW_REQUIRED = "field_row_required"
    WRONG_TYPE = "field_wrong_type"  # kind
    TEXT_CONTROL = "text_control"
    TEXT_LONG = "text_long"  # limit, length
    TEXT_SHORT = "text_short"  # limit, length
    NUMBER_INVALID = "number_invalid"  # text
    NUMBER_AMBIGUOUS = "number_ambiguous"  # text, fraction, whole
    NUMBER_LONG = "number_long"  # limit
    NUMBER_DECIMALS = "number_decimals"  # limit
    NUMBER_SMALL = "number_small"  # limit
    NUMBER_LARGE = "number_large"  # limit
    DATE_INVALID = "date_invalid"  # text
    DATETIME_INVALID = "datetime_invalid"  # text
    DATE_RANGE = "date_range"  # first, last (years)
    CHOICE_UNKNOWN = "choice_unknown"  # text
    FILE_LOST = "file_lost"
    FILE_SINGLE = "file_single"
    FILE_MANY = "file_many"  # limit
    FILE_EMPTY = "file_empty"  # file
    FILE_NAME = "file_name"  # file
    FILE_TYPE = "file_type"  # file, accept
    ROWS_MANY = "rows_many"  # limit


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """One thing wrong in a submission.

    `name` is the field's HTML name (`penerima.0.nama`), empty for the form as a whole. `place` says the same for
    people: labels, and numbers for the rows counted from one (`("Penerima", 1, "Nama")`).
    """

    code: FieldCode
    name: str = ""
    place: tuple[str | int, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """One value was refused; the field that asked for it turns this into a problem at its place."""

    def __init__(self, code: FieldCode, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = {name: str(param) for name, param in params.items()}
