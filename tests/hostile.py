"""Expressions of somebody who wants out: to Python, Java, the shell, files, or to use up time and memory.

Each is written as FEEL or JUEL wherever a drawing, a form or a decision can hold an expression (`places`). `watching` tells, by
Python's own audit, which doors were opened meanwhile.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.variables import Value

PYTHON = (
    "__import__('os').system('id')",
    '__import__("os").system("id")',
    "().__class__.__base__.__subclasses__()",
    "[].__class__",
    '"".__class__.__mro__',
    "{}.__class__.__init__.__globals__",
    "a.__class__",
    "a.__dict__",
    "a.teks.__class__.__mro__[1].__subclasses__()",
    "a.teks.format",
    "a.teks.upper()",
    '"{0.__class__}".format(a)',
    '"%1000000000d" % 5',
    "'%s' % a",
    'f"{a}"',
    "a['__class__']",
    'a["__class__"]["__init__"]',
    "a.daftar.append(1)",
    "a.daftar.__len__()",
    "a.daftar.sort",
    "a.angka.real",
    "a.angka.as_tuple()",
    "lambda: 1",
    "(lambda x: x)(1)",
    "eval('1')",
    'exec("import os")',
    'open("/etc/passwd")',
    "open('/etc/passwd').read()",
    "globals()",
    "vars()",
    'getattr(a, "__class__")',
    "__builtins__",
    "__builtins__.open",
    "self.__class__",
    "frame.variables",
    "type(a)",
    "[x for x in a]",
    "a if a else b",
    "import os",
    "print(1)",
    "a := 1",
    "(yield 1)",
    "await a",
    "*a",
    "a; a",
)
"""Read as Python they do something."""

OTHERS = (
    'T(java.lang.Runtime).getRuntime().exec("id")',
    "''.getClass().forName('java.lang.Runtime')",
    "''.class.forName('java.lang.Runtime')",
    "execution.setVariable('a', 1)",
    "execution.getEngineServices().getRepositoryService()",
    "request.getSession().invalidate()",
    "applicationScope",
    "a.getClass()",
    "new java.lang.ProcessBuilder('id').start()",
    "java.lang.System.exit(0)",
    "@java.lang.Runtime@getRuntime().exec('id')",
    "beans.dataSource.connection",
    "Packages.java.lang.System.exit(0)",
    "process.mainModule.require('child_process')",
    "this.constructor.constructor('return process')()",
    "a.constructor",
    "a.__proto__",
    "(() => 1)()",
    "eval(String.fromCharCode(49))",
    "#{7*7}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "{% include '/etc/passwd' %}",
    '<#assign x="freemarker.template.utility.Execute"?new()>',
    "`id`",
    "$(id)",
    "| id",
    "'; DROP TABLE instances; --",
    "1 UNION SELECT password FROM people",
    "file:///etc/passwd",
    'document("/etc/passwd")',
    'function(x) external {java: {class: "java.lang.Math", method signature: "abs(int)"}}',
    '{f: function(x) external {pmml: {document: "http://a.example/x", model: "m"}}, g: f(1)}.g',
    "&xxe;",
)
"""The same for other languages and tools."""

TRICKS = (
    "9**9**9**9**9",
    "10**10**10**10",
    "1e400 * 1e400",
    "exp(1e400)",
    "decimal(1/3, 6177)",
    "'a' * 1000000000",
    '"a" * 1000000000',
    "for x in 1..99999999 return x",
    "for x in -1e300..1e300 return x",
    "{f: function(x) f(x), g: f(1)}.g",
    "{f: function(f) f(f), g: f(f)}.g",
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    'replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a|aa)+$", "$0$0$0")',
    'matches(a.teks, "(?=a)")',
    'matches(a.teks, "(.*)*(.*)*(.*)*(.*)*[^a]{1000}")',
    'range("[1..99999999999999999999999999]")',
    'date("999999999-12-31") + duration("P999999999Y")',
    'duration("P999999999D") * 1e300',
    "(" * 60 + "1" + ")" * 60,
    "[" * 200 + "]" * 200,
    "not(" * 120 + "true" + ")" * 120,
    "1" + "+1" * 2_000,
    "a" + ".x" * 400,
    "a" + "[1]" * 400,
    "-" * 300 + "1",
    '"' + "\\uD800" + '"',
    '"' + "\\u0000" + '"',
    "b" * 9_000,
    "\u202ea",
    "\uff45val('1')",
    "a\u2028b",
    "a\u200b.__class__",
)
"""They ask for more than there is, or look like something else."""

BURNERS = (
    "for x in 1..9999, y in 1..9999 return x + y",
    "some x in 1..9999 satisfies every y in 1..9999 satisfies x + y > 0",
    "count(flatten(for x in 1..9999 return for y in 1..9999 return y))",
    'string join(for x in 1..9999 return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
    "(for x in 1..9999 return if x = 1 then [1] else concatenate(partial[-1], partial[-1]))[-1]",
    'for x in 1..9999 return matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a{1,30}){1,30}b" + string(x))',
    "sort(for x in 1..9999 return modulo(x * 7919, 9973), function(x, y) x < y)",
    "{f: function(g, n) if n = 0 then 0 else g(g, n - 1) + g(g, n - 1), r: f(f, 40)}.r",
    "for x in 1..9999 return 9**9**x",
    "for x in 1..9999 return context put({}, string(x), x)",
    "distinct values(for x in 1..5000 return {x: x})",
    "reverse(for x in 1..9999 return [x])[item[1] = 1][item[1] = 1]",
)
"""They run until something stops them; each costs a tenth of a second, so that they are tried in one place only."""

HOSTILE = (*PYTHON, *OTHERS, *TRICKS)

VARIABLES: dict[str, Value] = {
    "a": {"x": Decimal(1), "teks": "abc", "daftar": [Decimal(1)], "angka": Decimal(5)}
}

LEAKS = ("root:", "<class", "<function", "<built-in", "object at 0x", "Decimal(", "uid=")
"""What would be in an answer that came from outside the variables."""

_DOORS = ("open", "exec", "compile", "import", "os.", "subprocess.", "socket.", "ctypes.", "code.")
_watched: list[list[str]] = []


def _note(event: str, _: tuple[object, ...]) -> None:
    if _watched and event.startswith(_DOORS):
        _watched[-1].append(event)


sys.addaudithook(_note)


@contextmanager
def watching() -> Iterator[list[str]]:
    """Give the doors out of Python that are opened inside the block, as Python's own audit tells them."""
    _watched.append([])
    try:
        yield _watched[-1]
    finally:
        _watched.pop()
