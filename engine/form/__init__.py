"""Forms: form-js JSON files, read once at deployment; the same walk renders them and checks what comes back."""

from engine.form.choice import TICKED, Checkbox, Checklist, Option, Radio, Select
from engine.form.field import Field, Part, SingleField
from engine.form.file import FileField, stored_files
from engine.form.form import Form, walk
from engine.form.layout import Block, Group, Separator, Spacer, Text
from engine.form.moment import DateField, DateTimeField
from engine.form.number import NumberField
from engine.form.problem import FieldCode, FieldProblem, FormCode, FormProblem, InvalidForm
from engine.form.read import read_form
from engine.form.rows import MOST_ROWS, Column, ShownTable, Table, shown_rows
from engine.form.submission import RawSubmission, StoredFile, Submission
from engine.form.text import TextArea, TextField
from engine.form.words import MONTHS, moment_words, number_words, plain_words, size_words

__all__ = [
    "MONTHS",
    "MOST_ROWS",
    "TICKED",
    "Block",
    "Checkbox",
    "Checklist",
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
    "moment_words",
    "number_words",
    "plain_words",
    "read_form",
    "shown_rows",
    "size_words",
    "stored_files",
    "walk",
]
