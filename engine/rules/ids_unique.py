"""Every id is there once and is one that all tools can keep."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_FORM = re.compile(r"[A-Za-z_][\w.-]{0,127}")


def check(checked: Checked) -> Iterator[Finding]:
    """Find ids that occur twice in the file, are over 128 characters long or have characters that ids can't have."""
    nodes = [n for n in checked.source.root.iter() if isinstance(n.tag, str) and n.get("id")]
    count = Counter(node.get("id") for node in nodes)
    inside = set(checked.nodes())
    for node in nodes:
        ident = node.get("id") or ""
        line = int(node.sourceline or 0)
        name = node.get("name") or ""
        if node in inside and not _FORM.fullmatch(ident):
            yield checked.at(Severity.ERROR, "id_form", ident[:60], name, line)
        if node in inside and count[ident] > 1:
            kind = etree.QName(node).localname
            yield checked.at(Severity.ERROR, "id_twice", ident, name, line, kind=kind)
