"""No sentence about a patient shows an English number at an Italian desk, where 1.234 would be over a thousand."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from models.chart.eligible import judged
from models.chart.patient_chart import PatientChart
from models.domain.derived import Derived
from models.domain.molecular.classification import Classification
from models.domain.notation import Desk
from models.domain.remission import proposed_response
from models.domain.sentence import Sentence, write_sentence
from models.domain.toxicity.grading import Grading
from models.records.disease import Assessment
from tests.models.demo.test_cohort import findings

_VERSION = re.compile(r"CTCAE \d\.\d+|\b(4\.03|5\.0|6\.0)\Z")
"""The version of a document is its name, and no number; as an input it stands alone."""
_NUMBER = re.compile(r"(\d)\.(\d)")
_MONTH = re.compile(r"\b[A-Z][a-z]{2} (?=20\d\d)|\b[a-z]{3} (?=20\d\d)")


def spoken(chart: PatientChart) -> Iterator[Sentence]:
    """Every sentence that the rules have for a patient."""
    derived = [chart.course, [view.grading for view in chart.labs], chart.doses, chart.ikzf1, judged(chart)]
    derived += [
        proposed_response(
            one.marrow_blasts,
            blood_blasts=one.blood_blasts,
            extramedullary=one.extramedullary,
            neutrophils=one.neutrophils,
            platelets=one.platelets,
        )
        for one in chart.of(Assessment)
    ]
    for each in derived:
        yield from _within(each)
    for _, finding in findings(chart):
        yield finding.message


def _within(value: object) -> Iterator[Sentence]:
    if isinstance(value, Derived):
        yield value.reason
        yield from (given for _, given in value.inputs)
    if isinstance(value, Classification):
        yield value.disagreement
    if isinstance(value, Grading):
        yield value.needs_judgement
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _within(part)


@pytest.fixture(scope="module")
def pairs(everybody: list[PatientChart]) -> set[tuple[str, str]]:
    """The sentences about some of the demo at an English and at an Italian desk."""
    said = {sentence for chart in everybody[:12] for sentence in spoken(chart)}
    return {(write_sentence(each, Desk.ENGLISH), write_sentence(each, Desk.ITALIAN)) for each in said}


def test_no_number_has_a_point_at_an_italian_desk(pairs: set[tuple[str, str]]) -> None:
    assert [italian for _, italian in pairs if _NUMBER.search(_VERSION.sub("", italian))] == []


def test_a_sentence_says_the_same_at_both_desks(pairs: set[tuple[str, str]]) -> None:
    marked = {(english, italian) for english, italian in pairs if _NUMBER.search(_VERSION.sub("", english))}
    assert len(marked) > 300
    for english, italian in marked:
        plain = _MONTH.sub("", _VERSION.sub("", english))
        assert _NUMBER.sub(r"\1,\2", plain) == _MONTH.sub("", _VERSION.sub("", italian))
