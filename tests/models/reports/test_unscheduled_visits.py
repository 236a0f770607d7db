"""The summary of an unscheduled visit: all of them have one code, and the record tells which is meant."""

from collections.abc import Collection
from pathlib import Path

from models.domain.notation import Desk
from models.records.visits import UNSCHEDULED, Visit
from tests.builders import a_patient
from tests.models.reports.test_visit_summary import SIGNED, summary


def test_of_two_unscheduled_visits_the_one_is_printed_that_is_asked_for(tmp_path: Path) -> None:
    builder = a_patient().phase("induction", 1)
    for day, count in ((40, 111), (70, 222)):
        builder.visit(UNSCHEDULED, day, reason="Fever").lab("PLAT", day, count, "10^9/L", visit=UNSCHEDULED)
    first, last = (visit.id for visit in builder.chart().of(Visit))
    for record, day, shown, hidden in ((first, 40, "111", "222"), (last, 70, "222", "111")):
        text = summary(builder, tmp_path, visit=UNSCHEDULED, record=record)
        assert f"(day {day})" in text
        assert shown in text.split("Laboratory, this visit")[1]
        assert hidden not in text.split("Laboratory, this visit")[1]


def test_a_signature_of_another_unscheduled_visit_is_not_printed(tmp_path: Path) -> None:
    builder = a_patient().phase("induction", 1).visit(UNSCHEDULED, 40).visit(UNSCHEDULED, 70)
    first, last = (visit.id for visit in builder.chart().of(Visit))

    def of_the_first(_patient: int, visit: Collection[int], _desk: Desk) -> tuple[str, ...]:
        return SIGNED if first in visit else ()

    printed = {
        record: SIGNED[0] in summary(builder, tmp_path, visit=UNSCHEDULED, record=record, signatures=of_the_first)
        for record in (first, last)
    }
    assert printed == {first: True, last: False}
