"""Files: new ones, kept ones, and those that nobody may refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from form_kit import DIGEST, DRAFT, REQUIRED, Json, form_with, isi, problem_of

from engine.form import (
    FieldCode,
    FieldProblem,
    FormCode,
    InvalidForm,
    RawSubmission,
    StoredFile,
)

ReadFiles = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def files() -> ReadFiles:
    """Read a form of one file field from uploads and kept digests."""

    def reader(
        component: Json,
        *uploads: StoredFile,
        kept: Sequence[str] = (),
        current: Sequence[StoredFile] = (),
        earlier: Sequence[StoredFile] = (),
    ) -> tuple[list[str], list[str]]:
        form = form_with(isi({"type": "filepicker", **component}))
        raw = RawSubmission(
            files={"isi": uploads} if uploads else {},
            kept={"isi": tuple(kept)} if kept else {},
            earlier={file.digest: file for file in earlier},
        )
        submission = form.read(raw, {"isi": [f.as_value() for f in current] or None})
        codes = [str(error.code) for error in submission.errors]
        names = [f["name"] for f in submission.values["isi"] or []]
        shown = [file.name for file in submission.raw.files.get("isi", ())]
        return codes or names, shown

    return reader


SCAN = StoredFile(name="pindaian.pdf", digest="b" * 64, size=10, content_type="application/pdf")
MANY = {"multiple": True}


def test_a_file_is_kept_with_name_digest_size_and_type() -> None:
    form = form_with({"type": "filepicker", "key": "isi", "label": "Isi"})
    assert form.submit(RawSubmission(files={"isi": (DRAFT,)}), {}) == {
        "isi": [
            {
                "name": "draf.docx",
                "digest": DIGEST,
                "size": Decimal(86_016),
                "type": "application/msword",
            }
        ]
    }


def test_a_file_may_be_required(files: ReadFiles) -> None:
    assert files(REQUIRED)[0] == ["field_file_required"]
    assert files(REQUIRED, DRAFT)[0] == ["draf.docx"]


def test_a_new_file_takes_the_place_of_the_only_one_and_joins_several(files: ReadFiles) -> None:
    assert files({}, SCAN, kept=[DIGEST], current=[DRAFT]) == (["pindaian.pdf"],) * 2
    assert files(MANY, SCAN, kept=[DIGEST], current=[DRAFT]) == (["draf.docx", "pindaian.pdf"],) * 2


def test_a_file_that_is_not_kept_is_gone(files: ReadFiles) -> None:
    assert files(MANY, current=[DRAFT, SCAN], kept=[SCAN.digest])[0] == ["pindaian.pdf"]
    assert files(MANY, current=[DRAFT])[0] == []


def test_an_earlier_upload_of_the_same_person_can_be_kept(files: ReadFiles) -> None:
    assert files({}, kept=[SCAN.digest], earlier=[SCAN])[0] == ["pindaian.pdf"]


def test_a_digest_that_is_not_of_this_field_can_not_be_kept(files: ReadFiles) -> None:
    assert files({}, kept=[SCAN.digest], current=[DRAFT]) == (["file_lost"], [])


def test_files_have_limits(files: ReadFiles) -> None:
    many = [
        StoredFile(name=f"{n}.pdf", digest=f"{n:064x}", size=1, content_type="application/pdf")
        for n in range(21)
    ]
    assert files(MANY, *many)[0] == ["file_many"]
    assert len(files(MANY, *many[:20])[0]) == 20
    assert files({}, DRAFT, SCAN)[0] == ["file_single"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"size": 0}, "file_empty"),
        ({"name": ""}, "file_name"),
        ({"name": "../x.pdf"}, "file_name"),
        ({"name": "a\\b.pdf"}, "file_name"),
        ({"name": "a\u202efdp.exe"}, "file_name"),
        ({"name": "a" * 256}, "file_name"),
        ({"name": "x.exe"}, "file_type"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(files: ReadFiles, file: Json, code: str) -> None:
    fields = {
        "name": "a.pdf",
        "digest": DIGEST,
        "size": 1,
        "content_type": "application/x-x",
        **file,
    }
    assert files({"accept": ".pdf, image/*,text/plain"}, StoredFile(**fields))[0] == [code]


@pytest.mark.parametrize(
    ("name", "kind"), [("A.PDF", "x/y"), ("a.png", "image/png"), ("catatan", "text/plain")]
)
def test_a_file_fits_by_its_ending_or_its_type(files: ReadFiles, name: str, kind: str) -> None:
    file = StoredFile(name=name, digest=DIGEST, size=1, content_type=kind)
    assert files({"accept": ".pdf, image/*,text/plain"}, file)[0] == [name]


def test_a_text_in_the_place_of_a_file_is_refused() -> None:
    assert problem_of({"type": "filepicker"}, "x") == ("field_wrong_type", {"kind": "filepicker"})


def test_a_file_that_was_refused_when_it_came_in_is_a_problem_of_its_field(
    files: ReadFiles,
) -> None:
    assert files(REQUIRED)[0] == ["field_file_required"]
    refused = {"isi": FieldProblem(code=FieldCode.FILE_PROGRAM, params={"file": "a.pdf"})}
    form = form_with(isi({"type": "filepicker", **REQUIRED}))
    (error,) = form.read(RawSubmission(refused=refused), {}).errors
    assert (error.code, error.name) == (FieldCode.FILE_PROGRAM, "isi")
    assert (error.place, error.params) == (("Isi",), {"file": "a.pdf"})


def test_a_file_of_a_program_may_not_be_larger_than_one_of_a_page(files: ReadFiles) -> None:
    large = StoredFile(name="a.pdf", digest=DIGEST, size=20 * 2**20 + 1, content_type="a/b")
    assert files({}, large)[0] == ["file_large"]


@pytest.mark.parametrize("accept", [".exe", ".pdf,.zip", "video/*", "application/x-sh", ".svg"])
def test_a_form_that_asks_for_files_that_are_never_taken_is_refused(accept: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        form_with(isi({"type": "filepicker", "accept": accept}))
    (problem,) = caught.value.problems
    assert problem.code == FormCode.ACCEPT_NEVER
    assert problem.params["accept"] == accept.removeprefix(".pdf,")
