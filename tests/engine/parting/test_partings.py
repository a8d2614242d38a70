"""What is found where the way parts by conditions, and what is not, because it can't be known or is in order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from engine_maps import drawn
from form_kit import form_file
from owner_maps import CHOICE, STEP, field, options
from parting_kit import judged, of_ways

COVERED = {
    "all options": ('=putusan = "setuju"', '=putusan = "revisi"', '=putusan = "tolak"'),
    "an option and all others": ('${putusan == "setuju"}', '${putusan != "setuju"}'),
    "options in a list": ('=putusan in ("setuju", "revisi")', '=putusan = "tolak"'),
    "a box that is ticked or not": ("=lengkap", "=not(lengkap)"),
    "a box in JUEL": ("${lengkap}", "${!lengkap}"),
    "both truth values": ("${lengkap == true}", "${lengkap == false}"),
    "numbers that are complementary": ("=nilai >= 50", "=nilai < 50"),
    "whole numbers with nothing between": ("=nilai > 49", "=nilai <= 49"),
    "the limits of the field": ("=nilai between 0 and 60", "=nilai in [61..100]"),
    "an optional field and its emptiness": (
        '${catatan_hasil == "ada"}',
        '${catatan_hasil == "nihil"}',
        "${empty catatan_hasil}",
    ),
    "two fields together": (
        '${putusan == "setuju" && nilai > 50}',
        '${putusan == "setuju" && nilai <= 50}',
        '${putusan != "setuju"}',
    ),
    "what a script computes": ("=count(daftar) > 2", "=count(daftar) <= 2"),
    "two values of which nothing is known": ("${a < b}", "${b <= a}"),
    "a condition that is negated": ("=contains(hal, nama)", "=not(contains(hal, nama))"),
    "a choice in the condition": (
        '=if lengkap then putusan = "setuju" else true',
        '=lengkap and putusan != "setuju"',
    ),
    "always": ("=true",),
}


@pytest.mark.parametrize("ways", COVERED)
def test_ways_that_cover_everything_need_no_default(ways: str) -> None:
    found = of_ways(*COVERED[ways])
    assert (found.gap, found.is_unsure, found.never, found.clash) == (None, False, (), None)


GAPS = {
    "an option without a way": (
        ('=putusan = "setuju"', '=putusan = "revisi"'),
        {"putusan": "tolak"},
    ),
    "a number between": (("=nilai > 50", "=nilai < 50"), {"nilai": Decimal(50)}),
    "an optional field that is empty": (
        ('${catatan_hasil == "ada"}', '${catatan_hasil == "nihil"}'),
        {"catatan_hasil": None},
    ),
    "a box that is not ticked": (("=lengkap",), {"lengkap": False}),
    "two fields together": (
        ('${putusan == "setuju" && lengkap}', '${putusan != "setuju"}'),
        {"putusan": "setuju", "lengkap": False},
    ),
}


@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_is_found_with_an_example(gap: str) -> None:
    ways, example = GAPS[gap]
    found = of_ways(*ways)
    assert found.gap == example
    assert not found.is_unsure


@pytest.mark.parametrize("gate", ["or", "manual"])
def test_an_inclusive_gateway_and_an_activity_can_have_a_gap_too(gate: str) -> None:
    assert of_ways('=putusan = "setuju"', gate=gate).gap is not None


def test_where_one_way_is_always_taken_there_is_no_gap() -> None:
    assert of_ways('=putusan = "setuju"', "", gate="manual").gap is None
    assert of_ways('=putusan = "setuju"', default=True).gap is None


@pytest.mark.parametrize(
    "ways",
    [
        ("=count(daftar) > 3", "=count(daftar) < 2"),
        ('=dari_luar = "a"', '=dari_luar = "b"'),
        ('=catatan = "a"',),
    ],
)
def test_of_what_is_not_known_a_gap_is_only_suspected(ways: tuple[str, ...]) -> None:
    found = of_ways(*ways)
    assert found.is_unsure
    assert (found.gap, found.clash, found.never) == (None, None, ())


@pytest.mark.parametrize(
    "condition", ['=putusan = "setju"', "=nilai > 100", '${putusan == "Setuju"}', "=false"]
)
def test_a_condition_that_no_option_or_number_makes_true_is_found(condition: str) -> None:
    assert [flow.condition for flow in of_ways(condition, default=True).never] == [condition]


def test_two_ways_of_an_exclusive_gateway_that_hold_at_once_are_found() -> None:
    found = of_ways("=nilai > 10", "=nilai > 50", default=True)
    assert found.clash is not None
    one, other, example = found.clash
    assert (one.condition, other.condition) == ("=nilai > 10", "=nilai > 50")
    assert example == {"nilai": Decimal(51)}


def test_at_an_inclusive_gateway_two_ways_may_hold_at_once() -> None:
    assert of_ways("=nilai > 10", "=nilai > 50", gate="or", default=True).clash is None


LADDER = (
    STEP
    + "user kerja formRef=pilihan\nxor satu\nxor dua\nmulai -> kerja\nkerja -> satu\n"
    + 'satu -> selesai if =putusan = "setuju"\nsatu -> dua default\n{between}'
    + 'dua -> kerja if =putusan = "revisi"\ndua -> selesai if =putusan = "tolak"\n'
)


def test_what_was_asked_before_needs_no_way_any_more() -> None:
    assert [(j.element.id, j.gap) for j in judged(drawn(LADDER.format(between="")))] == [
        ("satu", None),
        ("dua", None),
    ]


def test_what_is_filled_in_again_in_between_needs_its_way_again() -> None:
    again = "user lagi formRef=pilihan\n"
    source = drawn(
        again + LADDER.format(between="lagi -> dua\n").replace("satu -> dua", "satu -> lagi")
    )
    assert [(j.element.id, j.gap) for j in judged(source)][1] == ("dua", {"putusan": "setuju"})


def test_a_sub_process_and_a_boundary_event_are_ways_there_too() -> None:
    source = drawn(
        STEP
        + "sub luar\nstart a inside luar\nuser kerja inside luar formRef=pilihan\nend b inside luar\n"
        + "a -> kerja\nkerja -> b\nboundary batas on=luar duration=P1D\nxor urai\nmulai -> luar\n"
        + 'luar -> urai\nbatas -> urai\nurai -> selesai if =putusan = "setuju"\n'
    )
    (found,) = judged(source)
    assert found.gap == {"putusan": "revisi"}


def test_what_a_person_confirms_behind_a_script_counts_as_the_person_s_choice() -> None:
    lines = (
        STEP
        + "script usul script=1 scriptFormat=feel resultVariable=putusan\n{user}xor urai\nmulai -> usul\n{flows}"
        + 'urai -> selesai if =putusan = "setuju"\nurai -> usul if =putusan = "revisi"\n'
    )
    confirmed = lines.format(
        user="user kerja formRef=pilihan\n", flows="usul -> kerja\nkerja -> urai\n"
    )
    assert judged(drawn(confirmed))[0].gap == {"putusan": "tolak"}
    proposed = lines.format(user="", flows="usul -> urai\n")
    assert judged(drawn(proposed))[0].is_unsure


def test_the_options_of_all_forms_that_ask_the_same_count() -> None:
    other = form_file(field("select", "putusan", values=options("lain")), id="kedua")
    source = drawn(
        STEP
        + "user kerja formRef=pilihan\nuser lagi formRef=kedua\nxor urai\nmulai -> kerja\nkerja -> lagi\nlagi -> urai\n"
        + 'urai -> selesai if =putusan in ("setuju", "revisi", "tolak")\n'
    )
    assert judged(source, CHOICE, other)[0].gap == {"putusan": "lain"}


def test_fields_that_hide_each_other_are_not_put_together_freely() -> None:
    hidden = field(
        "radio", "alasan", values=options("a", "b"), conditional={"hide": '=putusan = "setuju"'}
    )
    form = form_file(
        field("radio", "putusan", values=options("setuju", "tolak")), hidden, id="pilihan"
    )
    source = drawn(
        STEP
        + "user kerja formRef=pilihan\nxor urai\nmulai -> kerja\nkerja -> urai\n"
        + 'urai -> selesai if =putusan = "setuju" and alasan = null\n'
        + 'urai -> kerja if =alasan = "a"\nurai -> kerja if =alasan = "b"\n'
    )
    (found,) = judged(source, form)
    assert (found.gap, found.is_unsure, found.clash) == (None, False, None)
