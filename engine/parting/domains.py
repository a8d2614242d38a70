"""Which values the forms of a process let a variable have, and which steps fill it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.answer import FORM
from engine.form.choice import Checkbox, Select
from engine.form.number import NumberField
from engine.known import given_to, made_by, takes_anything
from engine.parting.samples import ANYTHING, MOST_OPTIONS, Domain
from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from engine.form import Field, Form
    from engine.parting.terms import Constant
    from engine.process import Element, Process


class Filled:
    """What is known of the values that variables have at an element, from the forms of a process.

    `at` are the fields that each step fills. What another process passes on, and everything where a process is given all
    that another one has, can have any value.
    """

    def __init__(
        self, process: Process, forms: Mapping[str, Form], package: Iterable[Process] = ()
    ) -> None:
        package = tuple(package)
        self._process = process
        self.at: dict[str, dict[str, Domain]] = {}
        for element, form in _forms(process, forms):
            domains = {
                field.key: _domain(field, is_hideable=field.key in form.conditional_keys)
                for field in form.open_fields
            }
            self.at.setdefault(element, {}).update(domains)
        made = {e.id: frozenset(made_by(e, None)) for e in process.elements.values()}
        self._made = {element: names for element, names in made.items() if names}
        self._given = given_to(process, package)
        self._is_open = takes_anything(process, package)

    def domain(self, name: str, element: str) -> Domain:
        """Give the values that a variable can have at an element.

        When a script, a decision or a system outside sets it too, what counts is what was set last on the ways there.
        """
        if self._is_open or name in self._given:
            return ANYTHING
        if not any(name in names for names in self._made.values()):
            return _together(fields[name] for fields in self.at.values() if name in fields)
        setters = last_setters(self._process, element, lambda each: self._sets(each, name))
        domains = [self.at.get(each, {}).get(name, ANYTHING) for each in setters]
        return _together(domains)

    def _sets(self, element: str, name: str) -> bool:
        return name in self.at.get(element, ()) or name in self._made.get(element, ())


def last_setters(
    process: Process, element: str, is_setter: Callable[[str], bool]
) -> frozenset[str]:
    """Give the elements that a case may have come by since nothing else of the kind was done, backwards from an element."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if current in seen or current not in process.elements:
            continue  # what is not there, another rule names
        seen.add(current)
        if is_setter(current):
            found.add(current)
        else:
            waiting.extend(_before(process, process.elements[current]))
    return frozenset(found)


def _before(process: Process, element: Element) -> Iterator[str]:
    """Give what may have been done just before an element."""
    host = element.attached_to
    if host:
        yield from (e.id for e in process.inside(host))
        yield host
    elif element.kind is ElementKind.START_EVENT and element.parent:
        around = process.elements[element.parent]
        beside = process.inside(around.parent) if around.by_event else ()
        yield from (e.id for e in beside)
        yield from (flow.source for flow in process.arriving(around.id))
    sources = [flow.source for flow in process.arriving(element.id)]
    for source in sources:
        inside = [e.id for e in process.inside(source) if e.kind is ElementKind.END_EVENT]
        yield from inside or (source,)


def _forms(process: Process, forms: Mapping[str, Form]) -> Iterator[tuple[str, Form]]:
    for element in process.elements.values():
        for name in (element.form, element.properties.get(FORM, "")):
            if name in forms:
                yield element.id, forms[name]


def _domain(field: Field, *, is_hideable: bool) -> Domain:
    """Give what a field lets through; null stands for an empty or hidden one."""
    found = _shape(field)
    may_be_null = not field.required and not is_hideable and not isinstance(field, Checkbox)
    return replace(found, may_be_null=may_be_null, is_hideable=is_hideable)


def _shape(field: Field) -> Domain:
    if isinstance(field, Checkbox):
        return Domain(options=(True,) if field.required else (True, False))
    if isinstance(field, Select) and field.source is None and len(field.options) <= MOST_OPTIONS:
        options = (option.meaning for option in field.options)
        return Domain(options=tuple(o for o in options if isinstance(o, str)))
    if isinstance(field, NumberField):
        return Domain(
            is_number=True,
            least=field.least,
            most=field.most,
            decimals=field.decimals,
        )
    return ANYTHING


def _together(domains: Iterable[Domain]) -> Domain:
    """Give what all of these let through together; nothing is known when there is none."""
    together: Domain | None = None
    for domain in domains:
        together = domain if together is None else _either(together, domain)
    return together or ANYTHING


def _either(one: Domain, other: Domain) -> Domain:
    """Give what two forms that fill the same variable let through together; nothing is known where they differ in kind."""
    nulls = Domain(
        may_be_null=one.may_be_null or other.may_be_null,
        is_hideable=one.is_hideable or other.is_hideable,
    )
    if one.options is not None and other.options is not None:
        options: tuple[Constant, ...] = (*one.options, *other.options)
        return replace(nulls, options=tuple(dict.fromkeys(options)))
    numbers = {(each.least, each.most, each.decimals) for each in (one, other)}
    if one.is_number and other.is_number and len(numbers) == 1:
        return replace(one, may_be_null=nulls.may_be_null, is_hideable=nulls.is_hideable)
    return nulls
