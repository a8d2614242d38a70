"""Reading XML from outside: hardened, with limits (findings/trust.md, rule 2).

Limits: 2 MB, UTF-8 or UTF-16, no DTD and no entities, depth 64, 200 attributes of one element. Comments and processing instructions are left out.
"""

from __future__ import annotations

import codecs

from lxml import etree

from engine.errors import DefinitionError

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
MAX_ATTRIBUTES = 200

_ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII"}


def parse_xml(data: bytes, *, file: str) -> etree._Element:
    """Give the root of the document. Raises DefinitionError (codes `file_*`, with file and line) when there is none or it breaks a limit."""
    if len(data) > MAX_BYTES:
        raise DefinitionError(
            f"Expected at most {MAX_BYTES} bytes, but found {len(data)}",
            code="file_too_large",
            file=file,
            megabytes=MAX_BYTES // 1024 // 1024,
        )
    root = _root(data, file)
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise DefinitionError("Expected no DOCTYPE, but found one", code="file_doctype", file=file)
    if (info.encoding or "UTF-8").upper() not in _ENCODINGS or data.startswith(codecs.BOM_UTF32_LE):
        raise DefinitionError(
            f"Expected UTF-8 or UTF-16, but found {info.encoding}",
            code="file_encoding",
            file=file,
            encoding=info.encoding,
        )
    _check_attributes(root, file)
    _check_depth(root, file)
    return root


def _check_attributes(root: etree._Element, file: str) -> None:
    for node in root.iter("*"):
        if len(node.attrib) > MAX_ATTRIBUTES:
            raise DefinitionError(
                f"Expected at most {MAX_ATTRIBUTES} attributes, but found {len(node.attrib)}",
                code="file_too_many_attributes",
                file=file,
                line=int(node.sourceline or 0),
                limit=MAX_ATTRIBUTES,
            )


def _check_depth(root: etree._Element, file: str) -> None:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise DefinitionError(
            "Expected shallow XML, but it is nested too deep",
            code="file_too_deep",
            file=file,
            depth=MAX_DEPTH,
        )


def _root(data: bytes, file: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise DefinitionError(
            f"Expected XML, but {error}", code="file_not_xml", file=file, line=line
        ) from error
