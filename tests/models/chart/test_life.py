"""What shows that a patient was alive."""

from decimal import Decimal

import pytest

from models.chart.life import SHOWS_LIFE, seen_alive
from models.domain.fields import FieldType
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records import KINDS, Record
from models.records.treatment import Exposure
from models.records.visits import Visit

DAY = PartialDate(2026, 3, 1)


def test_each_kind_has_its_day() -> None:
    assert all(KINDS[kind].fields[name].type is FieldType.DATE for kind, name in SHOWS_LIFE.items())


@pytest.mark.parametrize(
    ("record", "seen"),
    [
        (Visit(code="D22", status="DONE", date=DAY), DAY),
        (Visit(code="D22", status="DONE"), None),
        (Visit(code="D22", status="SKIPPED", date=DAY), None),
        (Exposure(drug="dasatinib", began=DAY, dose=Quantity(Decimal(140), "mg")), DAY),
        (Exposure(drug="dasatinib", began=DAY, dose=Quantity(Decimal(0), "mg")), None),
        (Exposure(drug="dasatinib", began=DAY), DAY),
    ],
)
def test_what_did_not_take_place_shows_nothing(record: Record, seen: PartialDate | None) -> None:
    assert seen_alive(record) == seen
