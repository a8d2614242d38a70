"""FEEL: types, ranges as values, and the operators on dates and durations."""

from collections.abc import Callable

import pytest

from engine.variables import Value, canonical

Evaluate = Callable[..., Value]

INSTANCES = [
    ("1 instance of number", "true"),
    ("1 instance of string", "false"),
    ("1 instance of Any", "true"),
    ("null instance of Any", "false"),
    ("null instance of Null", "true"),
    ("[1, 2] instance of list<number>", "true"),
    ("[1, null] instance of list<number>", "true"),
    ('[1, "a"] instance of list<number>', "false"),
    ("[] instance of list<string>", "true"),
    ("[1] instance of list", "true"),
    ("[1] instance of number", "false"),
    ("[[1]] instance of list<list<number>>", "true"),
    ('{a: 1, b: "x"} instance of context<a: number>', "true"),
    ("{b: 1} instance of context<a: number>", "false"),
    ("{a: null} instance of context<a: number>", "true"),
    ("{a b: {c: 1}} instance of context<a b: context<c: number>>", "true"),
    ("[1..2] instance of range<number>", "true"),
    ('["a".."b"] instance of range<number>', "false"),
    ("(function(a) a) instance of function<Any> -> Any", "true"),
    ("(function(a: number) a) instance of function<number> -> Any", "true"),
    ("(function(a: number) a) instance of function<string> -> Any", "false"),
    ("(function() 1) instance of function<> -> Any", "true"),
    ("(function() 1) instance of function<number> -> Any", "false"),
    ("(function() 1) instance of function", "true"),
    ("(function() 1) instance of function<> -> number", "true"),
    ("(function() 1) instance of function<> -> string", "false"),
    ("(function(a) a + 1) instance of function<number> -> number", "false"),
    ("(function(a: number) a) instance of function<Any> -> Any", "false"),
    ("abs instance of function<number> -> Any", "true"),
    ("1 instance of function<>->Any", "false"),
    ('@"2026-01-01" instance of date', "true"),
    ('@"2026-01-01" instance of date and time', "false"),
    ('@"2026-01-01T10:00:00" instance of date and time and true', "true"),
    ('@"P1D" instance of days and time duration', "true"),
    ('@"P1D" instance of years and months duration', "false"),
    ("1 + 1 instance of number", "null"),
    ("not(1 instance of string)", "true"),
]

RANGES = [
    ("[1..3].start", "1"),
    ("[1..3).end included", "false"),
    ("(< 10).end", "10"),
    ("(< 10).start", "null"),
    ("(>= 10).start included", "true"),
    ("5 in (< 10)", "true"),
    ("10 in (< 10)", "false"),
    ("[(< 10), (> 20)][2].start", "20"),
    ("{r: (>= 5), b: 5 in r}.b", "true"),
    ("(< 10) = (< 10)", "true"),
    ("(> 10) = (10..null)", "false"),
    ("(= 10) = [10..10]", "false"),
    ("5 in (= 5)", "true"),
    ("5 in (!= 5)", "false"),
    ('[1.."b"]', "null"),
    ("[true..false]", "null"),
    ("5 in [1..null)", "null"),
    ("null in [1..5]", "null"),
    ("0 in [1..null]", "false"),
    ("0 between 1 and null", "false"),
    ("2 between 1 and null", "null"),
    ("[1, 2] in [[1, 2], [3]]", "true"),
    ("string((< 10))", '"(< 10)"'),
    ('string([@"2026-01-01"..@"2026-01-02"])', '"[2026-01-01..2026-01-02]"'),
]

TIMES = [
    ('@"2026-11-21" + @"P1D"', '"2026-11-22"'),
    ('@"2026-11-21" - @"2026-11-01"', '"P20D"'),
    ('@"2026-01-31" + @"P1M"', '"2026-02-28"'),
    ('-@"P1D"', '"-P1D"'),
    ('-@"2026-01-01"', "null"),
    ('@"P1D" * 2', '"P2D"'),
    ('@"P2D" / @"P1D"', "2"),
    ('@"2026-11-21" > @"2026-11-20"', "true"),
    ('@"2026-11-21" = @"2026-11-21"', "true"),
    ('@"2026-11-21" = "2026-11-21"', "null"),
    ('@"2026-11-21" != null', "true"),
    ('@"2026-11-21" < 5', "null"),
    ('@"2026-11-21" between @"2026-11-01" and @"2026-11-30"', "true"),
    ('@"2026-11-21" in [@"2026-11-01"..@"2026-11-30"]', "true"),
    ('@"2026-11-21" in >= @"2026-11-01"', "true"),
    ('@"2026-11-21".year + 1', "2027"),
    ('[@"2026-11-21", @"2025-11-21"].year', "[2026,2025]"),
    ('@"2026-11-21".jam', "null"),
    ('for d in @"2026-11-30"..@"2026-12-01" return d', '["2026-11-30","2026-12-01"]'),
    ('for d in (@"2026-11-29"..@"2026-12-01") return d', '["2026-11-30"]'),
    ('{a: [@"P1Y"], b: {c: @"10:00:00"}}', '{"a":["P1Y"],"b":{"c":"10:00:00"}}'),
    ('[@"2026-11-21"][item = @"2026-11-21"]', '["2026-11-21"]'),
    ('{a: @"P1D"} = {a: @"PT24H"}', "true"),
    ('@"2026-11-21" + "x"', "null"),
    ('[@"P1D", 1] = [@"P1D", 1]', "true"),
]

LOOPS = [
    ("for i in 1..3, j in i..3 return i * 10 + j", "[11,12,13,22,23,33]"),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1,1,2,6,24]"),
    ("for x in [1, 2], y in [10] return count(partial)", "[0,1]"),
    ("for x in 5 return x", "[5]"),
    ("for x in null return x", "null"),
    ("for x in [1], y in null return x", "null"),
    ('for x in "a".."z" return x', "null"),
    ("for x in [1..3] return x", "[1,2,3]"),
    ("for x in [3..1) return x", "[3,2]"),
    ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
    ("every x in [1, 2], y in [2, 3] satisfies x <= y", "true"),
    ("true and some x in [1] satisfies x = 1", "true"),
    ("false or every x in [] satisfies x", "true"),
    ("some x in null satisfies x", "null"),
    ("some x in [null, 1] satisfies x = 2", "false"),
    ("every x in [1, 2] satisfies some y in [1, 2] satisfies x = y", "true"),
    ('[1, 2, 3]["a"]', "null"),
    ("[1, 2, 3][1.5]", "null"),
    ("[1, 2, 3][-3]", "1"),
    ("[1, 2, 3][item > 1][1]", "2"),
    ("[{item: 1}, {item: 3}][item > 2]", '[{"item":3}]'),
    ("[[1, 2], [3]][count(item) = 1]", "[[3]]"),
    ("{a: {b: [{c: 1}, {c: 2}]}}.a.b.c", "[1,2]"),
    ("[[{b: 1}], [{b: 2}, {b: 3}]].b", "[[1],[2,3]]"),
    ("5 in (? > 3, ? = 1)", "true"),
    ("[1, 2][? > 1]", "[]"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row for rows in (INSTANCES, RANGES, TIMES, LOOPS) for row in rows]
)
def test_feel_has_the_value_that_dmn_says(feel: Evaluate, text: str, expected: str) -> None:
    assert canonical(feel(text)) == expected
