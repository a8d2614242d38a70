"""Where in a decision something was found, and for which values, in Indonesian."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.decision import Place, Stretch
from engine.form import number_words
from web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.variables import Value

REASONS = {
    "expression": "selnya bukan perbandingan dengan nilai yang tertulis",
    "kinds": "kolomnya membandingkan nilai yang berbeda jenis",
    "size": "tabelnya terlalu besar",
}
"""Why gaps and overlaps of a table were not looked for."""


def decision_words(name: str, value: object) -> str | None:
    """Say a place, a region, numbers of rows or a reason, as a finding names them; None for anything else."""
    if name == "reason":
        return _(REASONS.get(str(value), str(value)))
    if isinstance(value, Place):
        return place_words(value)
    if not isinstance(value, tuple):
        return None
    stretches = [each for each in value if isinstance(each, Stretch)]
    if stretches:
        return region_words(stretches)
    return _(" dan ").join(str(each) for each in value) or _("nilai apa pun")


def place_words(place: Place) -> str:
    """Say where in a decision something is, as the Modeler counts rows and columns."""
    heading = _(" (“{heading}”)").format(heading=place.heading) if place.heading else ""
    if place.row and place.column:
        words = _("baris {row}, kolom {column}{heading}")
    elif place.row:
        words = _("baris {row}")
    elif place.column:
        words = _("kepala kolom {column}{heading}")
    elif heading:
        words = _("bagian{heading}")
    else:
        words = _("isinya")
    return words.format(row=place.row, column=place.column, heading=heading)


def region_words(region: Iterable[Stretch]) -> str:
    """Say for which values: "skor >= 60 dan skor < 66", columns with a comma between."""
    told = (_(" dan ").join(_parts(each)) for each in region)
    return ", ".join(text for text in told if text) or _("nilai apa pun")


def _parts(stretch: Stretch) -> Iterator[str]:
    name = stretch.expression or stretch.heading
    if stretch.values:
        known = ", ".join(_value(value) for value in stretch.values)
        yield (_("{name} selain {values}") if stretch.besides else "{name} = {values}").format(
            name=name, values=known
        )
        return
    if stretch.low is not None and stretch.low == stretch.high:
        yield f"{name} = {_value(stretch.low)}"
        return
    if stretch.low is not None:
        yield f"{name} {'>=' if stretch.low_included else '>'} {_value(stretch.low)}"
    if stretch.high is not None:
        yield f"{name} {'<=' if stretch.high_included else '<'} {_value(stretch.high)}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_words(value)
    return "null" if value is None else f"“{value}”" if isinstance(value, str) else str(value)
