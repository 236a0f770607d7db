"""What a visit covers: its record, what names it, what is of its day, and what belongs to these."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.queries.coverage import CLINICAL, PAPER, Key, belongs, covered, digest
from models.records import KINDS

VISIT = {"code": "IND-END", "status": "DONE", "date": "2026-04-03"}
UNSCHEDULED = {"code": "UNS", "status": "DONE", "date": "2026-04-03"}
DATED = {
    "lab": "collected",
    "vitals": "measured",
    "mrd": "collected",
    "mutation": "collected",
    "assessment": "assessed",
    "lumbar_puncture": "done",
    "sample": "collected",
    "lesion": "collected",
    "eligibility": "assessed",
    "transplant": "done",
}


@pytest.mark.parametrize(("kind", "day"), DATED.items())
def test_a_finding_of_the_day_belongs_to_the_visit(kind: str, day: str) -> None:
    assert belongs(kind, {day: "2026-04-03"}, VISIT)
    assert not belongs(kind, {day: "2026-04-04"}, VISIT)


@pytest.mark.parametrize("kind", sorted(k for k in DATED if "visit" in KINDS[k].fields))
def test_a_record_that_names_a_visit_belongs_to_that_one_whatever_its_day(kind: str) -> None:
    assert belongs(kind, {"visit": "IND-END", DATED[kind]: "2026-04-09"}, VISIT)
    assert not belongs(kind, {"visit": "CONS-1", DATED[kind]: "2026-04-03"}, VISIT)


@pytest.mark.parametrize("kind", sorted(CLINICAL - DATED.keys()))
def test_what_goes_on_or_stands_alone_belongs_to_no_visit(kind: str) -> None:
    row = {"date": "2026-04-03", "began": "2026-04-03", "signed": "2026-04-03", "since": "2026-04-03"}
    assert not belongs(kind, row, VISIT)


def test_an_unscheduled_visit_takes_only_what_is_of_its_day() -> None:
    assert belongs("lab", {"visit": "UNS", "collected": "2026-04-03"}, UNSCHEDULED)
    assert belongs("lab", {"collected": "2026-04-03"}, UNSCHEDULED)
    assert not belongs("lab", {"visit": "UNS", "collected": "2026-04-04"}, UNSCHEDULED)
    assert not belongs("lab", {"visit": "IND-END", "collected": "2026-04-03"}, UNSCHEDULED)


@pytest.mark.parametrize("day", [None, "2026-04", "2026", "UNK"])
def test_a_visit_whose_day_is_not_known_takes_only_what_names_it(day: str | None) -> None:
    visit = {"code": "IND-END", "date": day}
    assert not belongs("lab", {"collected": day}, visit)
    assert belongs("lab", {"collected": day, "visit": "IND-END"}, visit)


def state(*rows: tuple[str, int, dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    return {(kind, id_): row for kind, id_, row in rows}


MRD = {"visit": "IND-END", "collected": "2026-04-01"}


def test_children_are_covered_with_their_parent_and_withdrawn_records_are_not() -> None:
    rows = state(
        ("visit", 1, VISIT),
        ("mrd", 7, MRD),
        ("mrd", 8, {**MRD, "voided": "Mistake"}),
        ("replicate", 3, {"parent_id": 7, "number": 1}),
        ("replicate", 4, {"parent_id": 8, "number": 1}),
        ("replicate", 5, {"parent_id": 7, "number": 2, "voided": "Mistake"}),
        ("ae_grade", 7, {"parent_id": 7, "grade": "2"}),
        ("query", 1, {"about_kind": "visit", "about_id": 1}),
    )
    assert covered(rows, 1) == {("visit", 1), ("mrd", 7), ("replicate", 3)}


def test_a_withdrawn_or_unknown_visit_covers_nothing() -> None:
    rows = state(("visit", 1, {**VISIT, "voided": "Mistake"}), ("mrd", 7, MRD))
    assert covered(rows, 1) == covered(rows, 2) == frozenset()


def test_the_whole_record_is_every_standing_record_and_paper_but_identity_doubts_and_review() -> None:
    rows = state(*((name, 1, {"parent_id": 1}) for name in KINDS), ("lab", 2, {"voided": "Mistake"}))
    assert covered(rows, None) == {(kind, 1) for kind in CLINICAL | {PAPER}}
    assert {"identity", "flag", "query", "signature", "record_lock", "document", "lab_range"}.isdisjoint(CLINICAL)


def test_the_fingerprint_is_of_canonical_json_and_ends_up_the_same_in_any_order() -> None:
    one = state(("visit", 1, {"code": "IND-END", "date": "2026-04-03"}), ("lab", 2, {"test": "µ"}))
    other = state(("lab", 2, {"test": "µ"}), ("visit", 1, {"date": "2026-04-03", "code": "IND-END"}))
    text = '[["lab",2,{"test":"µ"}],["visit",1,{"code":"IND-END","date":"2026-04-03"}]]'
    assert digest(one, frozenset(one)) == digest(other, frozenset(other)) == hashlib.sha256(text.encode()).hexdigest()


TEXTS = st.text(max_size=8)
ROWS = st.dictionaries(TEXTS, TEXTS | st.integers() | st.none(), max_size=4)
STATES = st.dictionaries(st.tuples(st.sampled_from(["lab", "mrd", "visit"]), st.integers(1, 3)), ROWS, max_size=4)


@given(one=STATES, other=STATES)
def test_two_states_share_a_fingerprint_only_if_they_are_the_same(
    one: dict[Key, dict[str, Any]], other: dict[Key, dict[str, Any]]
) -> None:
    same = digest(one, frozenset(one)) == digest(other, frozenset(other))
    assert same == (one == other)
