"""What a correction changed, in words: each field from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.form_view import shown_item
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.form import Field
    from engine.variables import Value
    from web.case_view import CaseView
    from web.story import Act

_LONGEST = 200
"""Letters of a value in a line; the whole text is in the data of the case."""


def correction_lines(view: CaseView, act: Act) -> tuple[str, ...]:
    """Give a line for each field that the act corrected; none for an act that corrected nothing."""
    found = view.story.corrected.get(act.records[0].seq)
    if found is None:
        return ()
    form = view.form_of(found.sent.element, found.sent.scope)
    fields = {field.key: field for field in form.fields} if form else {}
    was = found.sent.amended
    since = {**was, **{change.key: change.now for change in found.changes}}
    return tuple(
        _("{label}: “{before}” → “{now}”").format(
            label=fields[change.key].label,
            before=_said(fields[change.key], was),
            now=_said(fields[change.key], since),
        )
        for change in found.changes
        if change.key in fields
    )


def _said(field: Field, variables: Mapping[str, Value]) -> str:
    item = shown_item(field, variables)
    if item.rows:
        return _("{count} baris").format(count=len(item.rows))
    text = ", ".join(file.name for file in item.value.files) or item.value.text or _("kosong")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
