"""NIK, NIP, NPWP, telephone numbers and e-mail addresses."""

from __future__ import annotations

import pytest
from form_kit import LINE, Json, form_with, isi, problem_of, value_of


def kind(name: str) -> Json:
    return {**LINE, "properties": {"jenis": name}}


PHONE = {**LINE, "validate": {"validationType": "phone"}}
EMAIL = {**LINE, "validate": {"validationType": "email"}}

GOOD = [
    ("nik", "3575011203900001", "3575011203900001", "357501 120390 0001"),
    ("nik", "357501 520390 0001", "3575015203900001", "357501 520390 0001"),
    ("nik", "35.75.01.29.02.00.0001", "3575012902000001", "357501 290200 0001"),
    ("nik", "9601017112990009", "9601017112990009", "960101 711299 0009"),
    ("nip", "19800101 200501 1 001", "198001012005011001", "19800101 200501 1 001"),
    ("nip", "199002122022212003", "199002122022212003", "19900212 202221 2 003"),
    ("npwp", "01.234.567.8-901.000", "012345678901000", "01.234.567.8-901.000"),
    ("npwp", "3575 0112 0390 0001", "3575011203900001", "3575 0112 0390 0001"),
    ("telepon", "0812-3456-7890", "081234567890", "0812-3456-7890"),
    ("telepon", "+62 812 3456 7890", "081234567890", "0812-3456-7890"),
    ("telepon", "6281234567", "081234567", "0812-34567"),
    ("telepon", "(0343) 421234", "0343421234", "0343-421234"),
    ("telepon", "+62 (0)21 5550123", "0215550123", "021-5550123"),
    ("telepon", "0812345678901", "0812345678901", "0812-3456-78901"),
]


@pytest.mark.parametrize(("name", "typed", "kept", "shown"), GOOD)
def test_a_number_is_kept_as_digits_and_shown_in_groups(
    name: str, typed: str, kept: str, shown: str
) -> None:
    assert value_of(kind(name), typed) == kept
    field = form_with(isi(kind(name))).fields[0]
    assert field.shown(kept) == shown
    assert field.as_raw(kept, "isi").values == {"isi": (shown,)}
    assert value_of(kind(name), shown) == kept


BAD = [
    ("nik", "357501120390001", "nik_invalid"),
    ("nik", "35750112039000012", "nik_invalid"),
    ("nik", "357501120390000A", "nik_invalid"),
    ("nik", "3575011203900000", "nik_invalid"),
    ("nik", "0075011203900001", "nik_region"),
    ("nik", "3500011203900001", "nik_region"),
    ("nik", "3575001203900001", "nik_region"),
    ("nik", "9701011203900001", "nik_region"),
    ("nik", "3575013213900001", "nik_date"),
    ("nik", "3575013002900001", "nik_date"),
    ("nik", "3575017203900001", "nik_date"),
    ("nik", "3575010003900001", "nik_date"),
    ("nip", "19800101200501100", "nip_invalid"),
    ("nip", "198001012005013001", "nip_invalid"),
    ("nip", "198013012005011001", "nip_date"),
    ("nip", "198001012005131001", "nip_date"),
    ("nip", "200501011980011001", "nip_date"),
    ("npwp", "01234567890100", "npwp_invalid"),
    ("npwp", "01234567890100000", "npwp_invalid"),
    ("npwp", "000000000000000", "npwp_invalid"),
    ("telepon", "1234567890", "phone_invalid"),
    ("telepon", "0112345678", "phone_invalid"),
    ("telepon", "08123", "phone_invalid"),
    ("telepon", "08123456789012", "phone_invalid"),
    ("telepon", "+4930664040900", "phone_invalid"),
    ("telepon", "0812-3456-789O", "phone_invalid"),
    ("telepon", "\N{ARABIC-INDIC DIGIT ZERO}812345678", "phone_invalid"),
]


@pytest.mark.parametrize(("name", "typed", "code"), BAD)
def test_a_number_that_can_not_be_one_is_refused(name: str, typed: str, code: str) -> None:
    assert problem_of(kind(name), typed)[0] == code


def test_an_empty_number_is_null() -> None:
    assert value_of(kind("nik"), "") is None


def test_a_value_of_the_case_that_is_no_such_number_is_shown_as_it_is() -> None:
    assert form_with(isi(kind("nik"))).fields[0].shown("belum ada") == "belum ada"


def test_a_phone_of_form_js_is_a_telephone_number_by_our_rules() -> None:
    assert value_of(PHONE, "+62 812 3456 7890") == "081234567890"
    assert problem_of(PHONE, "+4930664040900") == ("phone_invalid", {})


def test_a_pattern_is_matched_with_the_number_as_it_is_kept() -> None:
    mobile = {**kind("telepon"), "validate": {"pattern": "^08"}}
    assert value_of(mobile, "+62 812 3456 7890") == "081234567890"
    assert problem_of(mobile, "0343 421234")[0] == "text_pattern"


@pytest.mark.parametrize("text", ["a@b.id", "nama.belakang+x@dinas-koperasi.pasuruankota.go.id"])
def test_an_e_mail_address_is_kept(text: str) -> None:
    assert value_of(EMAIL, text) == text


@pytest.mark.parametrize(
    "text", ["a", "a@", "@b.id", "a b@c.id", "a@b..id", "a@-b.id", "a@b.id, c"]
)
def test_what_is_no_e_mail_address_is_refused(text: str) -> None:
    assert problem_of(EMAIL, text) == ("email_invalid", {})
