"""Reading a DMN file: a hardened XML parse, then the values of `engine.decision.model`.

Namespaces: DMN 1.3, 1.4 and 1.5; older and newer ones are refused by name. Limits: those of `engine.xml`, and 10,000 cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision.model import (
    BoxedFunction,
    Decision,
    DecisionService,
    Drawn,
    InputData,
    ItemType,
    Knowledge,
)
from engine.decision.problem import Place, Problem
from engine.decision.read_logic import CAMUNDA, NOTHING, LogicReader, line_of, name_of, text_of
from engine.decision.structure import unread
from engine.errors import DefinitionError
from engine.xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from engine.decision.model import Cell, Logic

ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"

VERSIONS = {
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""The namespaces that are read."""

OTHER_VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}

MAX_CELLS = 10_000

_KNOWN = {CAMUNDA + "inputVariable", CAMUNDA + "versionTag"}
_NO_PLACE = Place()


def read_drawn(data: bytes, *, file: str) -> tuple[Drawn, list[Problem]]:
    """Read a DMN file; what is wrong inside it comes as problems. Raises DefinitionError (codes `file_*`) when it is none."""
    root = parse_xml(data, file=file)
    reader = _Reader(root, _namespace(root, file))
    drawn = reader.drawn(file)
    if not drawn.decisions:
        raise DefinitionError(
            "Expected a decision, but the file has none", code="file_no_decision", file=file
        )
    return drawn, reader.problems


def _namespace(root: etree._Element, file: str) -> str:
    tag = str(root.tag)
    namespace = tag[1:].partition("}")[0] if tag.startswith("{") else ""
    if namespace in OTHER_VERSIONS:
        raise DefinitionError(
            f"Expected DMN 1.3 to 1.5, but found {OTHER_VERSIONS[namespace]}",
            code="file_dmn_version",
            file=file,
            found=OTHER_VERSIONS[namespace],
        )
    if namespace not in VERSIONS or tag != f"{{{namespace}}}definitions":
        raise DefinitionError("Expected DMN, but found other XML", code="file_not_dmn", file=file)
    cells = sum(1 for _ in root.iter(f"{{{namespace}}}text"))
    if cells > MAX_CELLS:
        raise DefinitionError(
            f"Expected at most {MAX_CELLS} cells, but found {cells}",
            code="file_too_many_cells",
            file=file,
            limit=MAX_CELLS,
        )
    return f"{{{namespace}}}"


class _Reader:
    """Walks one file."""

    def __init__(self, root: etree._Element, namespace: str) -> None:
        self.root = root
        self.namespace = namespace
        self.problems: list[Problem] = []

    def drawn(self, file: str) -> Drawn:
        for found in self._children(self.root, "import"):
            self._refuse("dmn_import", Place(line=line_of(found)), found=found.get("name", ""))
        self._expect_ids()
        return Drawn(
            file=file,
            name=name_of(self.root),
            decisions={each.id: each for each in map(self._decision, self._all("decision"))},
            inputs={each.id: each for each in map(self._input, self._all("inputData"))},
            knowledge={
                each.id: each for each in map(self._model, self._all("businessKnowledgeModel"))
            },
            services={each.id: each for each in map(self._service, self._all("decisionService"))},
            types={each.name: each for each in map(self._type, self._all("itemDefinition"))},
            ignored=tuple(self._ignored()),
        )

    def _decision(self, node: etree._Element) -> Decision:
        place = self._place(node)
        variable = next(self._children(node, "variable"), None)
        needed = list(self._children(node, "informationRequirement"))
        return Decision(
            id=place.decision,
            name=place.name,
            variable=name_of(variable) or place.name,
            logic=self._logic(node, place),
            type="" if variable is None else variable.get("typeRef", ""),
            tag=node.get(CAMUNDA + "versionTag") or self._zeebe_tag(node),
            question=text_of(next(self._children(node, "question"), None)),
            description=text_of(next(self._children(node, "description"), None)),
            line=place.line,
            inputs=self._refs(needed, "requiredInput", place),
            decisions=self._refs(needed, "requiredDecision", place),
            knowledge=self._knowledge_of(node, place),
        )

    def _model(self, node: etree._Element) -> Knowledge:
        place = self._place(node)
        variable = next(self._children(node, "variable"), None)
        found = next(self._children(node, "encapsulatedLogic"), None)
        if found is None:
            self._refuse("dmn_logic_missing", place)
        empty = BoxedFunction(parameters=(), body=NOTHING)
        return Knowledge(
            id=place.decision,
            name=name_of(variable) or place.name,
            function=empty if found is None else self._logic_reader(place).function(found),
            type="" if found is None else found.get("typeRef", ""),
            line=place.line,
            knowledge=self._knowledge_of(node, place),
        )

    def _service(self, node: etree._Element) -> DecisionService:
        place = self._place(node)
        variable = next(self._children(node, "variable"), None)
        answering = self._refs([node], "outputDecision", place)
        if not answering:
            self._refuse("dmn_service_empty", place)
        return DecisionService(
            id=place.decision,
            name=place.name,
            variable=name_of(variable) or place.name,
            outputs=answering,
            given_decisions=self._refs([node], "inputDecision", place),
            given_inputs=self._refs([node], "inputData", place),
            type="" if variable is None else variable.get("typeRef", ""),
            line=place.line,
        )

    def _input(self, node: etree._Element) -> InputData:
        place = self._place(node)
        variable = next(self._children(node, "variable"), None)
        return InputData(
            id=place.decision,
            name=name_of(variable) or place.name,
            type="" if variable is None else variable.get("typeRef", ""),
        )

    def _type(self, node: etree._Element) -> ItemType:
        components = map(self._type, self._children(node, "itemComponent"))
        return ItemType(
            name=name_of(node),
            base=text_of(next(self._children(node, "typeRef"), None)),
            is_list=node.get("isCollection") == "true",
            components={each.name: each for each in components},
            values=self._values(node),
            is_function=any(True for _ in self._children(node, "functionItem")),
        )

    def _values(self, node: etree._Element) -> Cell | None:
        found = next(self._children(node, "allowedValues"), None)
        return None if found is None else self._logic_reader(_NO_PLACE).cell(found)

    def _logic(self, node: etree._Element, place: Place) -> Logic:
        logic = self._logic_reader(place).own(node)
        if logic is None:
            self._refuse("dmn_logic_missing", place)
        return logic or NOTHING

    def _logic_reader(self, owner: Place) -> LogicReader:
        return LogicReader(
            namespace=self.namespace,
            owner=owner,
            language=self.root.get("expressionLanguage", ""),
            problems=self.problems,
        )

    def _knowledge_of(self, node: etree._Element, place: Place) -> tuple[str, ...]:
        needed = self._children(node, "knowledgeRequirement")
        return self._refs(needed, "requiredKnowledge", place)

    def _refs(self, nodes: Iterable[etree._Element], tag: str, place: Place) -> tuple[str, ...]:
        """Give the ids that references name: `#id`, or the same behind the namespace of this file."""
        own = self.root.get("namespace", "")
        found = [
            ref.get("href", "").removeprefix(own)
            for node in nodes
            for ref in self._children(node, tag)
        ]
        for href in found:
            if not href.startswith("#"):
                self._refuse("dmn_reference", place, found=href)
        return tuple(href[1:] for href in found if href.startswith("#"))

    def _zeebe_tag(self, node: etree._Element) -> str:
        path = f"{self.namespace}extensionElements/{ZEEBE}versionTag"
        found = node.find(path)
        return "" if found is None else found.get("value", "")

    def _place(self, node: etree._Element) -> Place:
        ident, line = node.get("id", ""), line_of(node)
        return Place(decision=ident, name=name_of(node) or ident, line=line)

    def _expect_ids(self) -> None:
        """Find elements without an id of their own: requirements and drawings name a decision by its id."""
        seen: set[str] = set()
        for tag in ("decision", "inputData", "businessKnowledgeModel", "decisionService"):
            for node in self._all(tag):
                place = self._place(node)
                if not place.decision or place.decision in seen:
                    self._refuse("dmn_id", place, found=place.decision)
                seen.add(place.decision)

    def _ignored(self) -> Iterator[tuple[str, int]]:
        yield from unread(self.root, self.namespace)
        for node in self.root.iter():
            tag = str(node.tag)
            if tag.startswith((CAMUNDA, ZEEBE)) and tag != ZEEBE + "versionTag":
                yield _prefixed(tag), line_of(node)
            for name in map(str, node.attrib):
                if name.startswith((CAMUNDA, ZEEBE)) and name not in _KNOWN:
                    yield _prefixed(name), line_of(node)

    def _all(self, name: str) -> Iterator[etree._Element]:
        return self._children(self.root, name)

    def _children(self, node: etree._Element, name: str) -> Iterator[etree._Element]:
        yield from node.iterchildren(self.namespace + name)

    def _refuse(self, code: str, place: Place, /, **params: str | int) -> None:
        self.problems.append(Problem(code=code, place=place, params=params))


def _prefixed(name: str) -> str:
    """Write the name of an attribute or element as the file most likely does."""
    namespace, _, local = name[1:].partition("}")
    return f"{'zeebe' if namespace == ZEEBE[1:-1] else 'camunda'}:{local}"
