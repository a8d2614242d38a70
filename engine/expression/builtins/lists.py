"""Functions that make lists of lists (DMN 1.5, 10.3.4.4; the last three are Camunda's). What is made is paid for before it is made."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from typing import TYPE_CHECKING

from engine.expression.builtins.distinct import distinct
from engine.expression.builtins.signature import Builtin, Form, as_list, call, only, place_in
from engine.expression.operators import equal
from engine.expression.values import Function, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

TWO = 2
"""Parameters of a function that compares."""


def list_contains(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether an element equals the value; null may be looked for too."""
    elements, wanted = as_list(arguments[0]), arguments[1]
    if elements is None:
        return None
    return any(equal(frame, each, wanted) is True for each in elements)


def index_of(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the positions, counted from 1, of the elements that equal the value."""
    elements, wanted = as_list(arguments[0]), arguments[1]
    if elements is None:
        return None
    numbered = enumerate(elements, start=1)
    return [Decimal(place) for place, each in numbered if equal(frame, each, wanted) is True]


def append(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give a new list with the further arguments as its last elements."""
    elements = as_list(arguments[0])
    return None if elements is None else [*elements, *arguments[1:]]


def concatenate(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give one list of the elements of all lists; null when one is null."""
    lists = [each for each in map(as_list, arguments) if each is not None]
    if len(lists) < len(arguments):
        return None
    frame.room_for_list(sum(map(len, lists)))
    return [element for each in lists for element in each]


def union(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the elements of all lists, each once."""
    joined = concatenate(frame, arguments)
    return distinct(frame, joined)[0] if isinstance(joined, list) else None


def distinct_values(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the elements of the list, each once."""
    elements = as_list(arguments[0])
    return None if elements is None else distinct(frame, elements)[0]


def duplicate_values(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the elements that are there more than once, each once."""
    elements = as_list(arguments[0])
    return None if elements is None else distinct(frame, elements)[1]


def flatten(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the elements of lists in the list, and of lists in these, one after the other."""
    elements = as_list(arguments[0])
    if elements is None:
        return None
    flat: list[Datum] = []
    for each in _leaves(frame, elements):
        flat.append(each)
        if len(flat) > frame.budget.list_length:
            frame.room_for_list(len(flat))
    return flat


def reverse(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the elements from the last to the first."""
    elements = as_list(arguments[0])
    return None if elements is None else list(reversed(elements))


def sublist(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Cut `length` elements (all, when left out) from a start position; a negative one counts from the end."""
    elements = as_list(arguments[0])
    first = None if elements is None else place_in(len(elements), arguments[1])
    if elements is None or first is None:
        return None
    length = only((*arguments, None)[2])
    if length is None:
        return list(elements[first:])
    wanted = whole_number(length) if isinstance(length, Decimal) else None
    return None if wanted is None or wanted < 0 else list(elements[first : first + wanted])


def insert_before(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the list with a new element before a position."""
    elements, position, item = as_list(arguments[0]), arguments[1], arguments[2]
    place = None if elements is None else place_in(len(elements), position)
    if elements is None or place is None:
        return None
    return [*elements[:place], item, *elements[place:]]


def remove(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the list without the element at a position."""
    elements = as_list(arguments[0])
    place = None if elements is None else place_in(len(elements), arguments[1])
    if elements is None or place is None:
        return None
    return [*elements[:place], *elements[place + 1 :]]


def list_replace(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Put a new element at a position, or wherever `match(element, new element)` is true."""
    elements, wanted, item = as_list(arguments[0]), arguments[1], arguments[2]
    if elements is None:
        return None
    if isinstance(wanted, Function):
        return _replaced_where(frame, elements, wanted, item)
    place = place_in(len(elements), wanted)
    return None if place is None else [*elements[:place], item, *elements[place + 1 :]]


def sort(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Sort by a function that tells whether one element goes before another; the order of equals stays."""
    elements, precedes = as_list(arguments[0]), arguments[1]
    if elements is None or not isinstance(precedes, Function) or len(precedes.parameters) != TWO:
        return None

    def compared(one: Datum, other: Datum) -> int:
        if call(frame, precedes, one, other) is True:
            return -1
        return int(call(frame, precedes, other, one) is True)

    return sorted(elements, key=cmp_to_key(compared))


def partition(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Cut the list into lists of that size, the last of which may be shorter."""
    elements, given = as_list(arguments[0]), only(arguments[1])
    size = whole_number(given) if isinstance(given, Decimal) else None
    if elements is None or size is None or size < 1:
        return None
    frame.spend(len(elements))
    return [list(elements[first : first + size]) for first in range(0, len(elements), size)]


def is_empty(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether the list has no elements."""
    elements = as_list(arguments[0])
    return None if elements is None else not elements


def _leaves(frame: Frame, elements: Sequence[Datum]) -> Iterator[Datum]:
    """Give what is no list, in order; needs no recursion."""
    waiting = [iter(elements)]
    while waiting:
        for each in waiting[-1]:
            frame.spend(1)
            if isinstance(each, list):
                waiting.append(iter(each))
                break
            yield each
        else:
            waiting.pop()


def _replaced_where(
    frame: Frame, elements: Sequence[Datum], match: Function, item: Datum
) -> list[Datum] | None:
    if len(match.parameters) != TWO:
        return None
    answers = [call(frame, match, each, item) for each in elements]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    pairs = zip(elements, answers, strict=True)
    return [item if answer is True else each for each, answer in pairs]


_PLACED = ("list", "position", "newItem")

LIST_FUNCTIONS = (
    Builtin(name="list contains", parameters=("list", "element"), run=list_contains),
    Builtin(name="index of", parameters=("list", "match"), run=index_of),
    Builtin(name="append", parameters=("list", "item"), repeats=True, run=append),
    Builtin(name="concatenate", parameters=("list",), repeats=True, run=concatenate),
    Builtin(name="union", parameters=("list",), repeats=True, run=union),
    Builtin(name="distinct values", parameters=("list",), run=distinct_values),
    Builtin(name="flatten", parameters=("list",), run=flatten),
    Builtin(name="reverse", parameters=("list",), run=reverse),
    Builtin(
        name="sublist", parameters=("list", "start position", "length"), optional=1, run=sublist
    ),
    Builtin(name="insert before", parameters=_PLACED, run=insert_before),
    Builtin(name="remove", parameters=_PLACED[:2], run=remove),
    Builtin(
        name="list replace",
        parameters=_PLACED,
        run=list_replace,
        others=(Form(parameters=("list", "match", "newItem"), run=list_replace),),
    ),
    Builtin(name="sort", parameters=("list", "precedes"), run=sort),
    Builtin(name="duplicate values", parameters=("list",), run=duplicate_values),
    Builtin(name="partition", parameters=("list", "size"), run=partition),
    Builtin(name="is empty", parameters=("list",), run=is_empty),
)
