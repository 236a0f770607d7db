"""What a new result starts with."""

from gui.pages.patient.mrd.defaults import (
    foreseen_visit,
    missing_results,
    mutation_defaults,
    result_defaults,
    visit_choices,
)
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.records.visits import UNSCHEDULED, Visit
from tests.builders import a_patient, a_treated_patient


def test_the_latest_visit_without_its_result_is_the_next_one() -> None:
    chart = a_patient().phase("induction", 1).visit("D22", 22).visit("D45", 45).visit("D57", 57).mrd(45, 1).chart()
    assert missing_results(chart)[:2] == ("D57", "D22")


def test_the_day_is_the_visits_day_and_never_today() -> None:
    chart = a_patient().phase("induction", 1).visit("D22", 22).chart()
    collected = result_defaults(chart, {})["collected"]
    assert isinstance(collected, PartialDate)
    assert chart.day(collected) == 22


def test_without_a_known_day_nothing_is_filled_in() -> None:
    assert "collected" not in result_defaults(a_patient().chart(), {})


def test_specimen_and_transcript_are_as_last_time() -> None:
    chart = a_patient(transcript="both").mrd(1, 5, transcript="p210").chart()
    values = result_defaults(chart, {})
    assert (values["specimen"], values["transcript"]) == ("BONE MARROW", "p210")


def test_of_a_visit_that_has_one_transcript_the_other_is_offered() -> None:
    builder = a_patient(transcript="both").phase("induction", 1).visit("D22", 22)
    chart = builder.mrd(22, 5, transcript="p190", visit="D22").chart()
    assert result_defaults(chart, {"visit": "D22"})["transcript"] == "p210"


def test_given_values_win() -> None:
    given = {"collected": PartialDate(2026, 5)}
    assert result_defaults(a_treated_patient().chart(), given)["collected"] == PartialDate(2026, 5)


def test_a_requested_mutation_test_has_no_result_yet() -> None:
    values = mutation_defaults(a_patient().chart(), {"collected": PartialDate(2026, 5, 1), "visit": "D22"})
    assert values == {"collected": PartialDate(2026, 5, 1)}


def test_visits_are_offered_with_their_day_or_window() -> None:
    chart = a_treated_patient().chart()
    words = dict(visit_choices(chart, Desk.ENGLISH, {"C4": "After cycle 4", "FU3": "Follow-up month 3"}))
    assert words["C4"] == "After cycle 4 (21 Sep 2026)"
    assert words["FU3"] == "Follow-up month 3"


def test_a_sample_belongs_to_the_visit_whose_window_holds_its_day() -> None:
    chart = a_patient().phase("induction", 1).chart()
    assert missing_results(chart)[0] == "D22"
    assert foreseen_visit(chart, PartialDate(2026, 2, 22)) == "D45"


def test_a_sample_outside_every_window_belongs_to_no_visit() -> None:
    assert foreseen_visit(a_patient().phase("induction", 1).chart(), PartialDate(2026, 2, 10)) is None


def test_of_a_month_the_next_missing_visit_stays_where_it_may_be_right() -> None:
    chart = a_patient().phase("induction", 1).chart()
    assert foreseen_visit(chart, PartialDate(2026, 1)) == "D22"
    assert foreseen_visit(chart, PartialDate(2025, 11)) is None


def test_a_result_entered_before_its_visit_is_missing_no_more() -> None:
    builder = a_patient().phase("induction", 1)
    assert "D22" in missing_results(builder.chart())
    assert "D22" not in missing_results(builder.mrd(22, 5, visit="D22").chart())


def test_of_unscheduled_visits_which_share_a_code_no_day_is_foreseen() -> None:
    builder = a_patient().phase("induction", 1)
    for day in (30, 60):
        builder.add(Visit(code=UNSCHEDULED, status="DONE", date=builder.when(day)))
    chart = builder.chart()
    assert visit_choices(chart, Desk.ENGLISH, {UNSCHEDULED: "Unscheduled visit"}) == (
        (UNSCHEDULED, "Unscheduled visit"),
    )
    assert "collected" not in result_defaults(chart, {"visit": UNSCHEDULED})
