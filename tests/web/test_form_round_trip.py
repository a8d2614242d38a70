"""What a page shows is what comes back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form_page_kit import DRAFT, FORM, drawn, pressed
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.form import (
    RawSubmission,
)
from web.forms import raw_submission

if TYPE_CHECKING:
    from engine.variables import Value


line = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
choices = st.sampled_from(["revisi", "setuju"])
moments = (
    st.datetimes()
    .filter(lambda m: 1900 <= m.year <= 2200)
    .map(lambda m: m.replace(microsecond=0).isoformat())
)
number = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
filled_values = st.fixed_dictionaries(
    {
        "perihal": line,
        "ringkasan": st.none() | st.lists(line, min_size=1, max_size=3).map("\n".join),
        "biaya": st.none() | number,
        "sifat": st.none() | choices,
        "keputusan": choices,
        "cara": st.none() | choices,
        "unit": st.none() | st.lists(choices, min_size=1, max_size=2, unique=True).map(sorted),
        "stempel": st.booleans(),
        "tanggal": st.none() | moments.map(lambda moment: moment[:10]),
        "waktu": st.none() | moments,
        "berkas": st.none() | st.just([DRAFT.as_value()]),
        "penerima": st.none()
        | st.lists(
            st.fixed_dictionaries(
                {"nama": line, "jam": st.none() | moments, "hadir": st.none() | choices}
            ),
            min_size=1,
            max_size=12,
        ),
    }
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(values=filled_values)
def test_what_a_page_shows_is_read_back_as_it_was(values: dict[str, Value]) -> None:
    page = drawn(FORM, FORM.prefill(values, answered_here=False), (), values)
    assert FORM.submit(raw_submission(pressed(page)), values) == values


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    values=st.dictionaries(
        st.sampled_from([f.key for f in FORM.fields] + ["penerima.0.jam", "penerima.3.nama"]),
        st.text(max_size=8).map(lambda text: (text,)),
    )
)
def test_whatever_was_typed_is_drawn_again_and_every_problem_has_words(
    values: dict[str, tuple[str, ...]],
) -> None:
    submission = FORM.read(RawSubmission(values=values), {})
    page = drawn(FORM, submission.raw, submission.errors)
    assert len(page.select(".error-summary li")) == len(submission.errors)
    assert all(page.select(str(link["href"])) for link in page.select(".error-summary a"))
