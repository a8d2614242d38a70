"""What can be wrong with a form file and with a submission: stable codes, worded in `web/form_words.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression import ExpressionInvalid


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
    FORMULA_PREFIX = "form_formula_prefix"  # property
    FORMULA_INVALID = "form_formula_invalid"  # property, formula; reason
    FORMULA_CIRCLE = "form_formula_circle"  # fields
    PATTERN_INVALID = "form_pattern_invalid"  # pattern
    PATTERN_UNSUPPORTED = "form_pattern_unsupported"  # pattern, part
    DEFAULT_INVALID = "form_default_invalid"  # default; reason
    DEFAULT_UNUSED = "form_default_unused"
    ACCEPT_NEVER = "form_accept_never"  # accept
    LABEL_MISSING = "form_label_missing"
    KEY_SHAPE = "form_key_shape"  # key
    KEY_RESERVED = "form_key_reserved"  # key
    KEY_TWICE = "form_key_twice"  # key
    OPTIONS_MISSING = "form_options_missing"
    OPTIONS_TWICE = "form_options_twice"  # sources
    OPTION_TWICE = "form_option_twice"  # option
    COLUMNS_MISSING = "form_columns_missing"
    MARKUP_UNSUPPORTED = "form_markup_unsupported"  # text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One thing wrong in a form file; `component` is the key, else the id, else the type it stands at.

    `reason` says more: why a formula can't be read, or why a field would not take its own default.
    """

    code: FormCode
    component: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    reason: ExpressionInvalid | FieldProblem | None = None


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
    HIDDEN = "field_hidden"
    APPEARED = "field_appeared"
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
    TEXT_PATTERN = "text_pattern"  # pattern
    TEXT_PATTERN_SAID = "text_pattern_said"  # sentence
    EMAIL_INVALID = "email_invalid"
    NIK_INVALID = "nik_invalid"
    NIK_DATE = "nik_date"
    NIK_REGION = "nik_region"
    NIP_INVALID = "nip_invalid"
    NIP_DATE = "nip_date"
    NPWP_INVALID = "npwp_invalid"
    PHONE_INVALID = "phone_invalid"
    NUMBER_INVALID = "number_invalid"  # text
    NUMBER_AMBIGUOUS = "number_ambiguous"  # text, fraction, whole
    NUMBER_LONG = "number_long"  # limit
    NUMBER_DECIMALS = "number_decimals"  # limit
    NUMBER_SMALL = "number_small"  # limit
    NUMBER_LARGE = "number_large"  # limit
    NUMBER_STEP = "number_step"  # step, below, above
    DATE_INVALID = "date_invalid"  # text
    DATETIME_INVALID = "datetime_invalid"  # text
    DATE_RANGE = "date_range"  # first, last (years)
    DATE_PAST = "date_past"  # first (day)
    CHOICE_UNKNOWN = "choice_unknown"  # text
    CHOICES_NONE = "field_choices_none"
    FILE_LOST = "file_lost"
    FILE_SINGLE = "file_single"
    FILE_MANY = "file_many"  # limit
    FILE_EMPTY = "file_empty"  # file
    FILE_NAME = "file_name"  # file
    FILE_TYPE = "file_type"  # file, accept
    FILE_LARGE = "file_large"  # file, limit (MB)
    FILE_KIND = "file_kind"  # file
    FILE_ENDING = "file_ending"  # file, kind, endings
    FILE_PROGRAM = "file_program"  # file
    FILE_MACROS = "file_macros"  # file
    FILE_PACKED = "file_packed"  # file
    ROWS_MANY = "rows_many"  # limit
    LETTER_CLASSIFICATION_MISSING = "letter_classification_missing"
    LETTER_CLASSIFICATION_SHAPE = "letter_classification_shape"  # text
    LETTER_CLASSIFICATION_OTHER = "letter_classification_other"  # number
    LETTER_UNIT_MISSING = "letter_unit_missing"
    LETTER_UNIT_CODE = "letter_unit_code"  # unit
    LETTER_TYPED = "letter_typed"
    LETTER_DOUBLE = "letter_double"  # number


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
