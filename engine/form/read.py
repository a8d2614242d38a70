"""From a form file to a form: form-js JSON as Camunda Modeler writes it, and nothing that Alur doesn't support."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from engine import variables
from engine.form.choice import Checkbox, Checklist, Radio, Select
from engine.form.component import Component
from engine.form.field import Field, Part
from engine.form.file import FileField
from engine.form.form import Form
from engine.form.layout import Group, Separator, Spacer, Text
from engine.form.moment import DateField, DateTimeField
from engine.form.number import NumberField
from engine.form.order import Circle, order_of
from engine.form.problem import FormCode, FormProblem, InvalidForm
from engine.form.rows import Table
from engine.form.scene import needs_of
from engine.form.shown import ShownTable
from engine.form.text import TextArea, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.variables import Value

MOST_BYTES = 256_000
"""Bytes that a form file may have."""

MOST_PARTS = 300
"""Components that a form may have."""

NEWEST_SCHEMA = 19
"""The schema version that form-js 1.x and Camunda Modeler 5 write; older ones only have fewer properties."""

_FORM_PROPERTIES = frozenset(
    # Besides what is read: by which program, for which engine and under which tag the file was written.
    {
        "type",
        "id",
        "schemaVersion",
        "components",
        "executionPlatform",
        "executionPlatformVersion",
        "exporter",
        "versionTag",
    }
)

Problems: TypeAlias = list[FormProblem]


class _Within(NamedTuple):
    """What a part stands in: a component type, empty for the form itself, and the beginning of the places in it."""

    type: str
    place: str


_TOP = _Within("", "")


def _moment(component: Component) -> Part:
    """Read a form-js `datetime`: its subtype decides what it is; a time alone isn't supported."""
    subtype = component.one_of("subtype", "date", "datetime")
    return DateTimeField.of(component) if subtype == "datetime" else DateField.of(component)


LEAVES: Mapping[str, Callable[[Component], Part]] = {
    "textfield": TextField.of,
    "textarea": TextArea.of,
    "number": NumberField.of,
    "select": Select.of,
    "radio": Radio.of,
    "checkbox": Checkbox.of,
    "checklist": Checklist.of,
    "taglist": Checklist.of,
    "datetime": _moment,
    "filepicker": FileField.of,
    "table": ShownTable.of,
    "text": Text.of,
    "separator": Separator.of,
    "spacer": Spacer.of,
}
"""The component types that Alur supports; each class reads its own properties."""

CONTAINERS = frozenset({"group", "dynamiclist"})
"""The component types that hold others."""

_WITHIN: Mapping[str, frozenset[str]] = {
    "": frozenset(LEAVES) | CONTAINERS,
    "group": frozenset(LEAVES) | {"dynamiclist"},
    "dynamiclist": frozenset(LEAVES) - {"table", "text", "separator", "spacer"},
}
"""What may stand in what: groups on the form, tables in groups, only fields in rows."""

WITH_DEFAULT = frozenset(LEAVES) - {"filepicker", "table", "text", "separator", "spacer"}
"""The component types that may begin with a value (form-js 1.23, rules-allowed-properties)."""


def read_form(data: bytes, *, file: str) -> Form:
    """Read a form file (form-js JSON, schema versions 1 to 19, at most 256 kB).

    Raises InvalidForm with everything that is wrong: a component type, a property or an expression that Alur doesn't
    support, a key that a variable may not have or that stands twice, a list without options.
    """
    problems: Problems = []
    source = _source(data, problems)
    parts = _parts(_TOP, source.get("components"), problems) if source else ()
    form_id = source.get("id")
    form = Form(
        id=form_id if isinstance(form_id, str) else "",
        parts=parts,
        order=_order(needs_of(parts), problems),
    )
    _check_keys(form.fields, problems)
    if problems:
        raise InvalidForm(file, tuple(problems))
    return form


def _source(data: bytes, problems: Problems) -> dict[str, Value]:
    if len(data) > MOST_BYTES:
        problems.append(
            FormProblem(code=FormCode.TOO_LARGE, params={"limit": str(MOST_BYTES // 1000)})
        )
        return {}
    try:
        source = variables.object_of(data)
        variables.dump(source)
        json.loads(data, object_pairs_hook=_once)
    except (variables.InvalidValue, _SaidTwice):
        problems.append(FormProblem(code=FormCode.JSON))
        return {}
    _check_form(source, problems)
    return source


class _SaidTwice(Exception):
    """A JSON object has a name twice: one reader takes the first value, another the last."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Give a JSON object. Raises _SaidTwice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _SaidTwice
    return found


def _check_form(source: Mapping[str, Value], problems: Problems) -> None:
    components, form_id = source.get("components"), source.get("id")
    if source.get("type") != "default" or not isinstance(components, list) or not form_id:
        problems.append(FormProblem(code=FormCode.NOT_A_FORM))
    version = source.get("schemaVersion", Decimal(1))
    if not isinstance(version, Decimal) or version not in range(1, NEWEST_SCHEMA + 1):
        params = {"found": str(version)[:20], "newest": str(NEWEST_SCHEMA)}
        problems.append(FormProblem(code=FormCode.SCHEMA_VERSION, params=params))
    problems += [
        FormProblem(code=FormCode.PROPERTY_UNSUPPORTED, params={"property": name[:100]})
        for name in sorted(source.keys() - _FORM_PROPERTIES)
    ]


def _parts(within: _Within, sources: Value, problems: Problems) -> tuple[Part, ...]:
    items = sources if isinstance(sources, list) else []
    if len(items) > MOST_PARTS:
        problems.append(
            FormProblem(code=FormCode.TOO_MANY_PARTS, params={"limit": str(MOST_PARTS)})
        )
        return ()
    read = (
        _part(within, f"{within.place}{number}", item, problems)
        for number, item in enumerate(items)
    )
    return tuple(part for part in read if part is not None)


def _part(within: _Within, place: str, source: Value, problems: Problems) -> Part | None:
    if not isinstance(source, dict):
        problems.append(FormProblem(code=FormCode.COMPONENT_SHAPE))
        return None
    component = Component(source, problems)
    if component.type not in _WITHIN[""]:
        component.problem(FormCode.COMPONENT_UNKNOWN, type=component.type)
        return None
    if component.type not in _WITHIN[within.type]:
        component.problem(FormCode.NESTING, type=component.type)
        return None
    part = _built(component, place, problems)
    part = replace(part, place=place, hide=component.formula("conditional.hide"))
    if isinstance(part, Field):
        part = _checked(within, component, part)
    component.refuse_rest()
    return part


def _built(component: Component, place: str, problems: Problems) -> Part:
    if component.type in LEAVES:
        return LEAVES[component.type](component)
    within = _Within(component.type, f"{place}.")
    parts = _parts(within, component.value("components"), problems)
    if component.type == "group":
        return Group.of(component, parts)
    columns = tuple(part for part in parts if isinstance(part, Field))
    # a column depends on columns of its row; what else it names is there when the table is read
    needs = {
        c.key: frozenset().union(*(formula.own for formula in c.all_formulas)) for c in columns
    }
    return Table.of(component, columns, _order(needs, problems))


def _checked(within: _Within, component: Component, field: Field) -> Field:
    """Give the field with its default, when it may have one here."""
    if within.type == "dynamiclist" and field.readonly:
        component.problem(FormCode.PROPERTY_UNSUPPORTED, property="readonly, disabled")
    if component.type not in WITH_DEFAULT or not component.is_set("defaultValue"):
        return field
    default = field.default_of(component.value("defaultValue"))
    if field.readonly:
        component.problem(FormCode.DEFAULT_UNUSED)
    reading = field.accept(default, field.spot)
    for problem in reading.problems:
        component.problem(FormCode.DEFAULT_INVALID, problem, default=default)
    return replace(field, default=reading.value)


def _order(needs: Mapping[str, frozenset[str]], problems: Problems) -> tuple[str, ...]:
    try:
        return order_of(needs)
    except Circle as circle:
        params = {"fields": " → ".join(circle.keys)[:100]}
        problems.append(
            FormProblem(code=FormCode.FORMULA_CIRCLE, component=min(circle.keys), params=params)
        )
        return ()


def _check_keys(fields: tuple[Field, ...], problems: Problems) -> None:
    seen: set[str] = set()
    for field in fields:
        if field.key in seen:
            problems.append(
                FormProblem(code=FormCode.KEY_TWICE, component=field.key, params={"key": field.key})
            )
        seen.add(field.key)
        if isinstance(field, Table):
            _check_keys(field.columns, problems)
