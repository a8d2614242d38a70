"""Functions of contexts (DMN 1.5, 10.3.4.10); a path of keys in `get value` is Camunda's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, Form, as_list, only

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def get_value(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the entry with a key, or the one at the end of a path of keys; null when there is none."""
    found, keys = only(arguments[0]), _keys(arguments[1])
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if keys else None


def get_entries(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the entries as contexts of `key` and `value`."""
    context = only(arguments[0])
    if not isinstance(context, dict):
        return None
    frame.room_for_list(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def context_of(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Make a context of entries as `get entries` gives them; null when one has no key, or a key is there twice."""
    entries = as_list(arguments[0])
    if entries is None:
        return None
    frame.spend(len(entries))
    made: dict[str, Datum] = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or key in made:
            return None
        if "value" not in entry:
            return None
        made[key] = entry["value"]
    return made


def context_put(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the context with an entry at a key or at the end of a path of keys, whose missing contexts are made."""
    context, keys, value = only(arguments[0]), _keys(arguments[1]), arguments[2]
    return _put(frame, context, keys, value) if keys else None


def context_put_key(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Do as `context put` for a single key: the parameter of that name takes no list."""
    return None if isinstance(arguments[1], list) else context_put(frame, arguments)


def context_merge(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give one context of the entries of all; of those with the same key the last stays."""
    contexts = as_list(arguments[0])
    if contexts is None:
        return None
    merged: dict[str, Datum] = {}
    for each in contexts:
        if not isinstance(each, dict):
            return None
        frame.spend(len(each))
        merged.update(each)
    return merged


def _keys(given: Datum) -> Sequence[str]:
    """Give the path that a key or a list of keys is; empty when one is no text."""
    keys = as_list(given) or ()
    texts = [each for each in keys if isinstance(each, str)]
    return texts if len(texts) == len(keys) else ()


def _put(frame: Frame, context: Datum, keys: Sequence[str], value: Datum) -> Datum:
    """Copy the contexts along the path, from the outermost to the one that takes the value."""
    if not isinstance(context, dict):
        return None
    made: dict[str, Datum] = dict(context)
    inner, outer = made, context
    for key in keys[:-1]:
        frame.spend(len(inner) + 1)
        below: Mapping[str, Datum] | Datum = outer.get(key, {})
        if not isinstance(below, dict):
            return None
        copy: dict[str, Datum] = dict(below)
        inner[key], inner, outer = copy, copy, below
    inner[keys[-1]] = value
    return made


_CONTEXT_KEY = ("context", "key")

CONTEXT_FUNCTIONS = (
    Builtin(
        name="get value",
        parameters=("m", "key"),
        run=get_value,
        others=(
            Form(parameters=_CONTEXT_KEY, run=get_value),
            Form(parameters=("context", "keys"), run=get_value),
        ),
    ),
    Builtin(
        name="get entries",
        parameters=("m",),
        run=get_entries,
        others=(Form(parameters=("context",), run=get_entries),),
    ),
    Builtin(name="context", parameters=("entries",), run=context_of),
    Builtin(
        name="context put",
        parameters=("context", "keys", "value"),
        run=context_put,
        others=(Form(parameters=(*_CONTEXT_KEY, "value"), run=context_put_key),),
    ),
    Builtin(name="context merge", parameters=("contexts",), run=context_merge),
)
