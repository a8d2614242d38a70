"""The maps of the store in memory that are only drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.ids import AgencyId
    from engine.kept_map import KeptMap
    from engine.testing.tables import Tables


def find_map(tables: Tables, agency: AgencyId, key: str) -> KeptMap | None:
    """Give the newest map of an agency's process."""
    fitting = (m for m in tables.maps.values() if (m.agency, m.key) == (agency, key))
    return max(fitting, key=lambda kept: kept.version, default=None)


def save_maps(tables: Tables, new: Iterable[KeptMap]) -> None:
    """Write the maps of a deployment. Raises Conflict when a version is there already."""
    for each in new:
        newest = find_map(tables, each.agency, each.key)
        if newest is not None and newest.version >= each.version:
            raise Conflict(
                f"Expected a new version of {each.key}, but {each.version} is there already",
                code="version_taken",
                key=each.key,
                version=each.version,
            )
        tables.maps[each.id] = each
