"""Reading how a decision decides: a table or a boxed expression (DMN 1.5, 7.3, 8.3 and 10.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from engine.decision.model import (
    Aggregation,
    BoxedContext,
    BoxedFunction,
    BoxedList,
    Cell,
    Conditional,
    Entry,
    HitPolicy,
    Input,
    Invocation,
    Literal,
    Logic,
    Output,
    Parameter,
    Relation,
    Table,
    TableRule,
)
from engine.decision.problem import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element

CAMUNDA = "{http://camunda.org/schema/1.0/dmn}"

NOTHING = Literal(cell=Cell(text="null"))
"""Stands where the file has something that was refused."""

EXPRESSIONS = frozenset(
    {
        "conditional",
        "context",
        "decisionTable",
        "every",
        "filter",
        "for",
        "functionDefinition",
        "invocation",
        "list",
        "literalExpression",
        "relation",
        "some",
    }
)
"""The elements that DMN 1.5 has for expressions."""

_Read: TypeAlias = "Callable[[LogicReader, _Element], Logic]"


def text_of(node: _Element | None) -> str:
    """Give the text of an element without the white space around it."""
    return "" if node is None else (node.text or "").strip()


def name_of(node: _Element | None) -> str:
    """Give the name of an element with single spaces, as FEEL counts names as equal (DMN 1.5, 10.3.1.4)."""
    return "" if node is None else " ".join(str(node.get("name", "")).split())


def line_of(node: _Element) -> int:
    """Give the line in the file."""
    return int(node.sourceline or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicReader:
    """Reads the logic of one owner, whose place problems are found at; they are added to `problems`."""

    namespace: str
    owner: Place
    language: str
    problems: list[Problem]

    def own(self, node: _Element) -> Logic | None:
        """Read the one expression below a node, None where there is none."""
        found = [each for each in self.below(node) if self._tag(each) in EXPRESSIONS]
        return self.logic(found[0]) if found else None

    def logic(self, node: _Element) -> Logic:
        """Read an expression."""
        tag = self._tag(node)
        read = _READS.get(tag)
        if read is None:
            self._refuse("dmn_expression_unsupported", node, found=tag)
            return NOTHING
        return read(self, node)

    def below(self, node: _Element, name: str = "") -> Iterator[_Element]:
        """Give the children that are DMN, all or those of a name."""
        tag = self.namespace + (name or "*")
        yield from node.iterchildren(tag)

    def table(self, node: _Element) -> Table:
        """Read a decision table."""
        inputs = tuple(self._input(each) for each in self.below(node, "input"))
        found = list(self.below(node, "output"))
        if not found:
            self._refuse("dmn_output_missing", node)
        outputs = tuple(self._output(each, alone=len(found) == 1) for each in found)
        self._expect_names(node, outputs)
        rules = enumerate(self.below(node, "rule"), start=1)
        return Table(
            hit_policy=self._hit_policy(node),
            aggregation=self._aggregation(node, len(outputs)),
            inputs=inputs,
            outputs=outputs,
            rules=tuple(self._rule(each, row, inputs, outputs) for row, each in rules),
            notes=tuple(name_of(each) for each in self.below(node, "annotation")),
            line=line_of(node),
        )

    def literal(self, node: _Element) -> Literal:
        """Read a literal expression."""
        return Literal(cell=self.cell(node), type=node.get("typeRef", ""))

    def context(self, node: _Element) -> BoxedContext:
        """Read a boxed context."""
        entries = tuple(self._entry(each, "variable") for each in self.below(node, "contextEntry"))
        return BoxedContext(entries=entries)

    def invocation(self, node: _Element) -> Invocation:
        """Read a boxed invocation."""
        called = next(self.below(node, "literalExpression"), None)
        bindings = tuple(self._entry(each, "parameter") for each in self.below(node, "binding"))
        if called is None:
            self._refuse("dmn_invocation_empty", node)
        return Invocation(
            called=NOTHING if called is None else self.literal(called), bindings=bindings
        )

    def listed(self, node: _Element) -> BoxedList:
        """Read a boxed list."""
        return BoxedList(items=self._all(node))

    def relation(self, node: _Element) -> Relation:
        """Read a relation; its rows have one expression for each column."""
        columns = tuple(name_of(each) for each in self.below(node, "column"))
        rows = tuple(self._all(each) for each in self.below(node, "row"))
        for number, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                self._refuse("dmn_cells", node, row=number, found=len(row), expected=len(columns))
        return Relation(columns=columns, rows=rows)

    def conditional(self, node: _Element) -> Conditional:
        """Read a boxed `if`."""
        parts = (next(self.below(node, name), None) for name in ("if", "then", "else"))
        condition, then, otherwise = (
            NOTHING if part is None else self.own(part) or NOTHING for part in parts
        )
        return Conditional(condition=condition, then=then, otherwise=otherwise)

    def function(self, node: _Element) -> BoxedFunction:
        """Read a function definition; one in Java or PMML is refused."""
        kind = node.get("kind", "FEEL")
        body = self.own(node)
        if kind != "FEEL":
            self._refuse("dmn_function_kind", node, found=kind)
        elif body is None:
            self._refuse("dmn_logic_missing", node)
        parameters = tuple(
            Parameter(name=name_of(each), type=each.get("typeRef", ""))
            for each in self.below(node, "formalParameter")
        )
        return BoxedFunction(parameters=parameters, body=body or NOTHING)

    def cell(self, node: _Element) -> Cell:
        """Read an element with a text below it."""
        text = next(self.below(node, "text"), None)
        return Cell(
            text=text_of(text),
            line=line_of(node if text is None else text),
            language=node.get("expressionLanguage", self.language),
        )

    def _all(self, node: _Element) -> tuple[Logic, ...]:
        found = (each for each in self.below(node) if self._tag(each) in EXPRESSIONS)
        return tuple(self.logic(each) for each in found)

    def _entry(self, node: _Element, named_by: str) -> Entry:
        named = next(self.below(node, named_by), None)
        logic = self.own(node)
        if logic is None:
            self._refuse("dmn_logic_missing", node, heading=name_of(named))
        return Entry(
            name=name_of(named),
            logic=logic or NOTHING,
            type="" if named is None else named.get("typeRef", ""),
        )

    def _input(self, node: _Element) -> Input:
        expression = next(self.below(node, "inputExpression"), None)
        cell = Cell(line=line_of(node)) if expression is None else self.cell(expression)
        values = next(self.below(node, "inputValues"), None)
        return Input(
            label=" ".join(node.get("label", "").split()) or cell.text,
            expression=cell,
            type="" if expression is None else expression.get("typeRef", ""),
            variable=node.get(CAMUNDA + "inputVariable", ""),
            values=None if values is None else self.cell(values),
        )

    def _output(self, node: _Element, *, alone: bool) -> Output:
        values = next(self.below(node, "outputValues"), None)
        default = next(self.below(node, "defaultOutputEntry"), None)
        name, label = name_of(node), " ".join(node.get("label", "").split())
        return Output(
            name=name or (self.owner.name if alone else label),
            label=label or name or self.owner.name,
            type=node.get("typeRef", ""),
            values=None if values is None else self.cell(values),
            default=None if default is None else self.cell(default),
        )

    def _expect_names(self, node: _Element, outputs: Sequence[Output]) -> None:
        names = [output.name for output in outputs]
        for name in sorted({each for each in names if not each or names.count(each) > 1}):
            self._refuse("dmn_output_name", node, found=name)

    def _rule(
        self, node: _Element, row: int, inputs: Sequence[Input], outputs: Sequence[Output]
    ) -> TableRule:
        tested = self._cells(node, "inputEntry")
        given = self._cells(node, "outputEntry")
        found, expected = (len(tested), len(given)), (len(inputs), len(outputs))
        if found != expected:
            self._refuse("dmn_cells", node, row=row, found=sum(found), expected=sum(expected))
        return TableRule(
            id=node.get("id", f"row_{row}"),
            number=row,
            inputs=tested,
            outputs=given,
            description=text_of(next(self.below(node, "description"), None)),
            notes=tuple(
                text_of(next(self.below(each, "text"), None))
                for each in self.below(node, "annotationEntry")
            ),
        )

    def _cells(self, node: _Element, name: str) -> tuple[Cell, ...]:
        return tuple(self.cell(each) for each in self.below(node, name))

    def _hit_policy(self, node: _Element) -> HitPolicy:
        found = node.get("hitPolicy", HitPolicy.UNIQUE)
        if found not in set(HitPolicy):
            self._refuse("dmn_hit_policy", node, found=found, expected=", ".join(HitPolicy))
            return HitPolicy.UNIQUE
        return HitPolicy(found)

    def _aggregation(self, node: _Element, outputs: int) -> Aggregation | None:
        """Read what is made of the values: of one output column, and by COLLECT only (DMN 1.5, 8.2.8.4)."""
        found = node.get("aggregation")
        if found is None:
            return None
        if found not in set(Aggregation) or node.get("hitPolicy") != HitPolicy.COLLECT:
            self._refuse("dmn_aggregation", node, found=found, expected=", ".join(Aggregation))
            return None
        if outputs > 1:
            self._refuse("dmn_aggregation_outputs", node, found=outputs)
        return Aggregation(found)

    def _refuse(
        self,
        code: str,
        node: _Element,
        /,
        row: int = 0,
        heading: str = "",
        **params: str | int,
    ) -> None:
        owner = self.owner
        place = Place(
            decision=owner.decision,
            name=owner.name,
            row=row,
            heading=heading,
            line=line_of(node),
        )
        self.problems.append(Problem(code=code, place=place, params=params))

    @staticmethod
    def _tag(node: _Element) -> str:
        return etree.QName(node).localname


_READS: dict[str, _Read] = {
    "conditional": LogicReader.conditional,
    "context": LogicReader.context,
    "decisionTable": LogicReader.table,
    "functionDefinition": LogicReader.function,
    "invocation": LogicReader.invocation,
    "list": LogicReader.listed,
    "literalExpression": LogicReader.literal,
    "relation": LogicReader.relation,
}
"""How each expression is read; the iterators of DMN 1.4 (`for`, `filter`, `some`, `every`) are refused: FEEL writes them shorter."""
