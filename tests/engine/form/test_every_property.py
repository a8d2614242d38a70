"""Each property of form-js is read, only looks, must have one value, or is refused by name: as docs/forms.md says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from form_kit import form_file
from form_properties import ALL_TYPES, BASES, EXAMPLES, with_property, without_property

from engine.form import FormCode, InvalidForm, read_form

ROOT = Path(__file__).parents[3]
STATES = ("read", "only looks", "only one value", "refused")


def state_of(kind: str, name: str) -> str:
    """Find out what Alur does with a property of a component."""
    try:
        form = read_form(form_file(with_property(kind, name)), file="x")
    except InvalidForm as error:
        (problem,) = error.problems
        assert problem.params["property"] == name, problem
        by_name = problem.code is FormCode.PROPERTY_UNSUPPORTED
        return "refused" if by_name else "only one value"
    without = read_form(form_file(without_property(kind, name)), file="x")
    return "only looks" if form == without else "read"


@cache
def documented() -> dict[tuple[str, str], str]:
    """Give what docs/forms.md says of each property of each component."""
    text = (ROOT / "docs" / "forms.md").read_text()
    found: dict[tuple[str, str], str] = {}
    for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        kinds = re.findall(r"`(\w+)`", section.partition("\n")[0])
        for state, names in re.findall(r"^- (.*?): (.*)$", section, re.MULTILINE):
            if state in STATES:
                for kind in kinds:
                    found |= {(kind, n): state for n in re.findall(r"`([\w.]+)`", names)}
    return found


@pytest.mark.parametrize("kind", BASES)
def test_what_is_done_with_each_property_is_documented(kind: str) -> None:
    told = {name: documented().get((kind, name), "refused") for name in EXAMPLES}
    assert told == {name: state_of(kind, name) for name in EXAMPLES}


@pytest.mark.parametrize("kind", BASES)
def test_each_property_that_form_js_offers_for_a_component_is_documented(kind: str) -> None:
    names = {name for (of, name), state in documented().items() if of == kind}
    offered = {n for n in EXAMPLES if state_of(kind, n) != "refused"} | OFFERED.get(kind, set())
    assert names == offered | {"properties.lain"}


OFFERED: dict[str, set[str]] = {
    "textfield": {"omitFromSubmit"},
    "textarea": {"omitFromSubmit"},
    "number": {"omitFromSubmit"},
    "datetime": {"omitFromSubmit"},
    "checkbox": {"omitFromSubmit"},
    "radio": {"omitFromSubmit"},
    "select": {"omitFromSubmit"},
    "checklist": {"omitFromSubmit"},
    "taglist": {"omitFromSubmit"},
    "filepicker": {"defaultValue"},
    "group": {"path"},
    "dynamiclist": set(),
    "table": {"columnsExpression"},
}
"""What form-js offers for a component and Alur refuses."""


@pytest.mark.parametrize("kind", [kind for kind in ALL_TYPES if kind not in BASES])
def test_each_other_component_is_refused_by_name_and_documented(kind: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        read_form(form_file({"type": kind, "key": "isi", "label": "Isi"}), file="x")
    (problem,) = caught.value.problems
    assert (problem.code, problem.params) == (FormCode.COMPONENT_UNKNOWN, {"type": kind})
    refused = (ROOT / "docs" / "forms.md").read_text().partition("## Refused components")[2]
    assert f"| `{kind}` |" in refused


@pytest.mark.parametrize("name", ["schemaVersion", "id", "type", "components"])
def test_what_a_form_must_have_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "forms.md").read_text()


@pytest.mark.parametrize(
    "name", ["executionPlatform", "executionPlatformVersion", "exporter", "versionTag"]
)
def test_what_a_form_says_of_its_making_is_let_through(name: str) -> None:
    data = form_file({"type": "separator"}, **{name: "x"})
    assert read_form(data, file="x") == read_form(form_file({"type": "separator"}), file="x")
    assert f"| `{name}` |" in (ROOT / "docs" / "forms.md").read_text()
