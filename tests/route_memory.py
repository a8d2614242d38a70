"""Routes whose addresses are worked out once in a process, not once in each of a thousand applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[..., tuple[str, str]]


def remember_routes() -> None:
    """Let Werkzeug keep the functions that write addresses, which it compiles from Python's syntax tree.

    A function depends on nothing but what it is kept under; the rest it asks of the rule that it is called for.
    """
    compile_builder: Callable[[Rule, bool], Build] = Rule._compile_builder
    known: dict[object, Build] = {}

    def remembered(rule: Rule, append_unknown: bool = True) -> Build:  # noqa: FBT001, FBT002 - as Werkzeug has it
        given = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, tuple(rule._trace), given, append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule._compile_builder = remembered  # type: ignore[method-assign]
