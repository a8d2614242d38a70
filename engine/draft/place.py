"""From the grid to pixels: every row, column and line gets the room that what stands there needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from engine.draft.board import CORRIDOR, GUTTER, Path, Point, center, heading
from engine.draft.shape import TASK_HEIGHT, Box, frames, labels, task_width
from engine.draft.text import TASK_FONT, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.draft.facts import Lane
    from engine.draft.graph import Graph
    from engine.draft.layout import Arrangement

POOL = (160, 80)
HEAD = 30
"""Width of the band that holds the name of a pool or lane."""
LANE_HEIGHT = 130
GAP, PITCH, PADDING = 50, 14, 20
HEAD_LINES, HIGHEST_LINE = 2, 170


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All places of a drawing, in pixels, by the ids of the elements."""

    pool: Box
    lanes: Mapping[str, Box]
    shapes: Mapping[str, Box]
    labels: Mapping[str, Box]
    edges: Mapping[str, tuple[Point, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """How far what stands on a column or row reaches to both sides, with labels and without."""

    before: int = 0
    after: int = 0
    body_before: int = 0
    body_after: int = 0


def place(
    graph: Graph,
    lanes: Sequence[Lane],
    title: str,
    arrangement: Arrangement,
    paths: Mapping[str, Path],
) -> Picture:
    """Give the places of pool, lanes, shapes, labels and flows."""
    wide = task_width(node.name for node in graph.nodes)
    boxes = frames(graph, wide)
    tags = labels(graph, paths, wide)
    cells = {node: center(cell) for node, cell in arrangement.cells.items()}
    used = _used(paths.values())
    stands = [(cells[node], box, True) for node, box in boxes.items()]
    stands += [(cells[node], box, False) for node, box in tags.values()]
    xs, right = _columns(arrangement.columns, stands, used[0])
    ys, lane_boxes = _rows(lanes, title, arrangement, stands, used[1])
    x, y = POOL
    bottom = max(top + height for top, height in lane_boxes.values())

    def at(box: Box, node: str) -> Box:
        return box.moved(xs[cells[node][0]], ys[cells[node][1]])

    return Picture(
        pool=Box(x=x, y=y, width=right - x, height=bottom - y),
        lanes={
            lane: Box(x=x + HEAD, y=top, width=right - x - HEAD, height=height)
            for lane, (top, height) in lane_boxes.items()
        },
        shapes={node: at(box, node) for node, box in boxes.items()},
        labels={owner: at(box, node) for owner, (node, box) in tags.items()},
        edges={
            flow.id: _waypoints(
                [(xs[across], ys[down]) for across, down in _bends(paths[flow.id])],
                at(boxes[flow.source], flow.source),
                at(boxes[flow.target], flow.target),
            )
            for flow in graph.flows
        },
    )


def _bends(path: Path) -> Path:
    inner = [
        here
        for before, here, after in zip(path, path[1:], path[2:], strict=False)
        if heading(before, here) is not heading(here, after)
    ]
    return (path[0], *inner, path[-1])


def _used(paths: Iterable[Path]) -> tuple[set[int], set[int]]:
    """Give the numbers of the vertical and of the horizontal lines on which a flow runs."""
    across, down = set(), set()
    for path in paths:
        for here, there in pairwise(path):
            if here[0] == there[0]:
                across.add(here[0])
            else:
                down.add(here[1])
    return across, down


def _reaches(stands: Iterable[tuple[Point, Box, bool]], axis: int) -> defaultdict[int, _Reach]:
    reaches: defaultdict[int, _Reach] = defaultdict(_Reach)
    for point, box, body in stands:
        start, length = ((box.x, box.width), (box.y, box.height))[axis]
        old = reaches[point[axis]]
        reaches[point[axis]] = _Reach(
            before=max(old.before, -start),
            after=max(old.after, start + length),
            body_before=max(old.body_before, -start if body else 0),
            body_after=max(old.body_after, start + length if body else 0),
        )
    return reaches


def _columns(
    count: int, stands: Sequence[tuple[Point, Box, bool]], used: set[int]
) -> tuple[dict[int, int], int]:
    """Give the x of every vertical line in use, and of the right border."""
    reaches = _reaches(stands, 0)
    xs: dict[int, int] = {}
    x = POOL[0] + 2 * HEAD
    last = _Reach()
    for column in range(count + 1):
        first = column * (GUTTER + 1)
        lines = [line for line in range(first, first + GUTTER) if line in used]
        reach = reaches[first + GUTTER]
        outer = column in {0, count}
        labelled = last.after - last.body_after + reach.before - reach.body_before
        gap = max(PITCH * (len(lines) + 1), 2 * PITCH if outer else GAP - labelled, PITCH)
        for place, line in enumerate(lines, start=1):
            xs[line] = x + gap * place // (len(lines) + 1)
        xs[first + GUTTER] = x + gap + reach.before
        x += gap + reach.before + reach.after
        last = reach
    return xs, x


def _rows(
    lanes: Sequence[Lane],
    title: str,
    arrangement: Arrangement,
    stands: Sequence[tuple[Point, Box, bool]],
    used: set[int],
) -> tuple[dict[int, int], dict[str, tuple[int, int]]]:
    """Give the y of every horizontal line in use, and top and height of each lane."""
    reaches = _reaches(stands, 1)
    ys: dict[int, int] = {}
    boxes: dict[str, tuple[int, int]] = {}
    least = -(-_head(title) // len(lanes))
    top, row = POOL[1], 0
    for lane in lanes:
        inner: dict[int, int] = {}
        y = 0
        for number in range(row, row + arrangement.rows[lane.id]):
            y = _row(number * (2 * CORRIDOR + 1), reaches, used, y, inner)
        row += arrangement.rows[lane.id]
        height = max(y, LANE_HEIGHT, _head(lane.name), least)
        height += (height - y) % 2
        ys |= {line: top + (height - y) // 2 + at for line, at in inner.items()}
        boxes[lane.id] = (top, height)
        top += height
    return ys, boxes


def _row(
    first: int, reaches: Mapping[int, _Reach], used: set[int], y: int, ys: dict[int, int]
) -> int:
    """Put the lines of one row below `y` into `ys`; give the y below them."""
    middle = first + CORRIDOR
    half = TASK_HEIGHT // 2
    reach = reaches.get(middle, _Reach(before=half, after=half, body_before=half, body_after=half))
    above = [line for line in range(first, middle) if line in used]
    below = [line for line in range(middle + 1, middle + 1 + CORRIDOR) if line in used]
    y += max(PADDING - (reach.before - reach.body_before), PITCH)
    for line in above:
        ys[line] = y
        y += PITCH
    ys[middle] = y + reach.before
    y += reach.before + reach.after
    for line in below:
        y += PITCH
        ys[line] = y
    return y + max(PADDING - (reach.after - reach.body_after), PITCH)


def _head(name: str) -> int:
    """Give the height that the name of a lane or pool needs: on one line when that isn't too high, else on two."""
    alone = ceil(width(name, TASK_FONT)) + PADDING
    if alone <= HIGHEST_LINE:
        return alone
    height = ceil(max(width(word, TASK_FONT) for word in name.split())) + PADDING
    while len(wrap(name, height - PADDING, TASK_FONT)) > HEAD_LINES:
        height += 2
    return height


def _waypoints(points: Sequence[Point], source: Box, target: Box) -> tuple[Point, ...]:
    """Cut the ends of a flow off at the borders of its shapes."""
    return (
        _border(points[0], points[1], source),
        *points[1:-1],
        _border(points[-1], points[-2], target),
    )


def _border(middle: Point, towards: Point, box: Box) -> Point:
    if middle[1] == towards[1]:
        return (box.x + box.width if towards[0] > middle[0] else box.x), middle[1]
    return middle[0], (box.y + box.height if towards[1] > middle[1] else box.y)
