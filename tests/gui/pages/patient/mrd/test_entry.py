"""The form of a result."""

from gui.pages.patient.mrd.entry import FIELDS
from models.records.molecular import MrdResult


def test_the_form_asks_for_every_field_that_a_result_has() -> None:
    assert sorted(FIELDS) == sorted(MrdResult.kind.fields)
