"""Of maps that are alternatives (`alternatif`, `engine.alternative`) an agency has one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.alternative import ALTERNATIVES, IN_FORCE, NO, YES, alternatives_of, is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find an alternative that is in force already or comes with the package, and words other than ya and tidak."""
    process = checked.process
    told = process.properties.get(IN_FORCE, YES)
    if told not in (YES, NO):
        yield checked.error("in_force_unknown", property=IN_FORCE, text=told[:40])
    for key in alternatives_of(process):
        if key == process.key:
            yield checked.error("alternative_itself", property=ALTERNATIVES)
        elif not is_closed(process) and checked.is_known(key):
            yield checked.error("alternative_in_force", process=key)
