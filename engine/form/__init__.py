"""Forms: form-js JSON files, read once at deployment; the same walk renders them and checks what comes back."""

from engine.form.choice import TICKED, Checkbox, Checklist, Choice, Radio, Select
from engine.form.content import KINDS, MOST_MEGABYTES, clean_name, content_type_of
from engine.form.field import Field, Part, SingleField
from engine.form.file import FileField, stored_files
from engine.form.form import Form, walk
from engine.form.formula import ALL
from engine.form.layout import Block, Group, Separator, Spacer, Text
from engine.form.moment import DateField, DateTimeField
from engine.form.number import NumberField
from engine.form.option import Option
from engine.form.problem import (
    FieldCode,
    FieldProblem,
    FormCode,
    FormProblem,
    InvalidForm,
    Refused,
)
from engine.form.read import read_form
from engine.form.rows import MOST_ROWS, Cell, Table
from engine.form.scene import Scene
from engine.form.scope import Scope
from engine.form.shown import Column, ShownTable, shown_rows
from engine.form.submission import RawSubmission, StoredFile, Submission, joined
from engine.form.text import TextArea, TextField
from engine.form.words import MONTHS, moment_words, number_words, plain_words, size_words

__all__ = [
    "ALL",
    "KINDS",
    "MONTHS",
    "MOST_MEGABYTES",
    "MOST_ROWS",
    "TICKED",
    "Block",
    "Cell",
    "Checkbox",
    "Checklist",
    "Choice",
    "Column",
    "DateField",
    "DateTimeField",
    "Field",
    "FieldCode",
    "FieldProblem",
    "FileField",
    "Form",
    "FormCode",
    "FormProblem",
    "Group",
    "InvalidForm",
    "NumberField",
    "Option",
    "Part",
    "Radio",
    "RawSubmission",
    "Refused",
    "Scene",
    "Scope",
    "Select",
    "Separator",
    "ShownTable",
    "SingleField",
    "Spacer",
    "StoredFile",
    "Submission",
    "Table",
    "Text",
    "TextArea",
    "TextField",
    "clean_name",
    "content_type_of",
    "joined",
    "moment_words",
    "number_words",
    "plain_words",
    "read_form",
    "shown_rows",
    "size_words",
    "stored_files",
    "walk",
]
