"""The demonstration offices: filled into an empty database when `ALUR_DEMONSTRATION=1`."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from engine.actor import Agency, Post, Role, Signature, Unit
from engine.ids import AgencyId, LaneId, PersonId, PostId, UnitId
from engine.store import Office, Registration
from storage.queries.people import list_agencies
from web.passwords import hash_password
from web.register_file import read_registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from web.parts import Parts

PASSWORD = "peragaan-alur"  # noqa: S105 - shown on the sign-in page of the demonstration
"""The password of every account of the demonstration."""

KINDS = (".bpmn", ".dmn", ".form")
AGENCIES = ("pasuruan", "pacitan")
"""The folders of the demonstration offices, in `processes` and in `forms`."""


def fill(parts: Parts) -> bool:
    """Set up the demonstration offices, their people and their processes in an empty database; True when it was empty."""
    if parts.database.read(list_agencies):
        return False
    hashed = hash_password(PASSWORD)
    for folder in AGENCIES:
        _fill_office(parts, folder, hashed)
    return True


def list_packages(folder: str) -> list[Mapping[str, bytes]]:
    """Give each process that an office puts in force with its forms and decisions, as a package of files, in the office's order."""
    return [_package(folder, slug) for slug in _texts(_content(folder), "processes")]


def _fill_office(parts: Parts, folder: str, hashed: str) -> None:
    content, by = _content(folder), Signature.of_system()
    office = _office(content)
    parts.runtime.set_up(office)
    for registration in _registrations(content, parts, hashed):
        parts.runtime.register(registration, by=by)
    for package in list_packages(folder):
        parts.runtime.deploy(package, agency=office.agency.id, by=by)
    letters = _folder("processes", folder).joinpath("letters.yaml")
    if letters.is_file():
        text = letters.read_text(encoding="utf-8")
        for rule in read_registers(text, office.agency, parts.clock.now()):
            parts.runtime.set_up_register(rule, by=by)


def _content(folder: str) -> Mapping[str, object]:
    text = _folder("processes", folder).joinpath("office.yaml").read_text(encoding="utf-8")
    content: dict[str, object] = yaml.safe_load(text)
    return content


def _package(folder: str, slug: str) -> Mapping[str, bytes]:
    own = (_folder("processes", folder).joinpath(f"{slug}{kind}") for kind in (".bpmn", ".dmn"))
    forms = _folder("forms", folder).joinpath(slug).iterdir()
    ordered = [
        *(each for each in own if each.is_file()),
        *sorted(forms, key=lambda form: form.name),
    ]
    return {each.name: each.read_bytes() for each in ordered if each.name.endswith(KINDS)}


def _folder(package: str, folder: str) -> Traversable:
    return files(package).joinpath(folder)


def _office(content: Mapping[str, object]) -> Office:
    agency = _mapping(content["agency"])
    return Office(
        agency=Agency(
            id=AgencyId(_text(agency, "id")),
            name=_text(agency, "name"),
            zone=_text(agency, "zone"),
        ),
        units=tuple(
            Unit(id=UnitId(_text(unit, "id")), name=_text(unit, "name"))
            for unit in _mappings(content, "units")
        ),
        posts=tuple(
            Post(
                id=PostId(_text(post, "id")),
                name=_text(post, "name"),
                unit=UnitId(_text(post, "unit")),
                lanes=frozenset(map(LaneId, _texts(post, "lanes"))),
                superior=PostId(_text(post, "superior")) if "superior" in post else None,
            )
            for post in _mappings(content, "posts")
        ),
    )


def _registrations(
    content: Mapping[str, object], parts: Parts, hashed: str
) -> Iterator[Registration]:
    for person in _mappings(content, "persons"):
        yield Registration(
            person=PersonId(parts.ids.new()),
            agency=AgencyId(_text(_mapping(content["agency"]), "id")),
            login=_text(person, "login"),
            name=_text(person, "name"),
            posts=tuple(map(PostId, _texts(person, "posts"))),
            roles=frozenset(map(Role, _texts(person, "roles"))),
            password_hash=hashed,
        )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"Expected a mapping in office.yaml, but found {value!r}")
    return value


def _mappings(content: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = content[name]
    return [_mapping(item) for item in value] if isinstance(value, list) else []


def _text(content: Mapping[str, object], name: str) -> str:
    return str(content[name])


def _texts(content: Mapping[str, object], name: str) -> list[str]:
    value = content[name]
    return [str(item) for item in value] if isinstance(value, list) else []
