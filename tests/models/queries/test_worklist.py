"""Today: every kind of line, in the order of urgency."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.chart.patient_chart import PatientChart
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.queries.review import QueryView
from models.queries.work_items import Urgency
from models.queries.worklist import Worklist, WorklistReader
from models.records.disease import Relapse
from models.records.flags import Flag
from models.records.molecular import Mutation
from models.records.outcome import Death
from models.records.safety import AdverseEvent
from models.records.visits import Sample
from tests.builders import PatientBuilder, a_patient

NOW = datetime(2026, 10, 2, 9, tzinfo=UTC)


def no_queries(_ids: tuple[int, ...] | None) -> tuple[QueryView, ...]:
    return ()


def read(*builders: PatientBuilder) -> Worklist:
    charts = []
    for number, builder in enumerate(builders, start=1):
        chart = builder.chart()
        charts.append(replace(chart, patient=replace(chart.patient, id=number)))

    def of(ids: tuple[int, ...] | None) -> list[PatientChart]:
        return [chart for chart in charts if ids is None or chart.patient.id in ids]

    reader = WorklistReader(of, of, no_queries, NOW, Desk.ENGLISH)
    assert list(reader.steps())[-1] == (len(charts), len(charts))
    return reader.worklist()


def lines(builder: PatientBuilder, section: str) -> list[str]:
    found = read(builder).section(section)
    return [f"{item.text} | {item.detail} | {item.badge}" for item in found.items]


def serious(aware: datetime) -> AdverseEvent:
    began = PartialDate.from_date(aware.date())
    return AdverseEvent(term="Cytokine release syndrome", version="5.0", began=began, serious=True, aware=aware)


def test_a_running_clock_says_how_long_is_left() -> None:
    builder = a_patient()
    builder.add(serious(NOW - timedelta(hours=15)))
    [line] = lines(builder, "clocks")
    assert line.startswith("Serious: Cytokine release syndrome")
    assert "| aware 1 Oct 2026, 18:00 UTC+00:00 |" in line
    assert line.endswith("9 h left")


def test_the_last_hour_of_a_clock_is_told_in_minutes() -> None:
    builder = a_patient()
    builder.add(serious(NOW - timedelta(hours=23, minutes=30)))
    assert lines(builder, "clocks")[0].endswith("| 30 min left")


@pytest.mark.parametrize(("hours", "words"), [(30, "6 h overdue"), (71, "47 h overdue"), (72, "2 days overdue")])
def test_a_clock_that_ran_out_says_how_long_it_is_overdue(hours: int, words: str) -> None:
    builder = a_patient()
    builder.add(serious(NOW - timedelta(hours=hours)))
    assert lines(builder, "clocks")[0].endswith(f"| {words}")


def test_a_serious_event_without_awareness_must_be_reported_and_is_urgent() -> None:
    builder = a_patient()
    event = serious(NOW)
    builder.add(AdverseEvent(**{**event.values(), "aware": None}))
    [item] = read(builder).section("clocks").items
    assert (item.detail, item.badge, item.urgency) == ("awareness not recorded", "clock not known", Urgency.NOW)
    reported = a_patient()
    reported.add(AdverseEvent(**{**event.values(), "aware": None, "reported": NOW}))
    assert lines(reported, "clocks") == []


def test_of_the_running_clocks_the_one_that_ran_out_first_comes_first() -> None:
    running, overdue, unknown = a_patient(), a_patient(), a_patient()
    running.add(serious(NOW - timedelta(hours=2)))
    overdue.add(serious(NOW - timedelta(hours=30)))
    unknown.add(AdverseEvent(**{**serious(NOW).values(), "aware": None}))
    found = read(running, overdue, unknown).section("clocks").items
    assert [item.badge for item in found] == ["clock not known", "6 h overdue", "22 h left"]


def test_a_visit_shows_its_window_and_opens_a_new_visit_record() -> None:
    builder = a_patient(day_one=date(2026, 9, 10)).phase("induction", 1)
    [visit] = [item for item in read(builder).section("visits").items if item.visit == "D22"]
    assert (visit.text, visit.detail) == ("Day 22", "window 28 Sep 2026 – 4 Oct 2026")
    assert (visit.kind, visit.record_id, visit.visit) == ("visit", 0, "D22")


def test_of_the_visits_that_are_past_the_longest_comes_first() -> None:
    recent = a_patient(day_one=date(2026, 9, 6)).phase("induction", 1)
    older = a_patient(day_one=date(2026, 8, 1)).phase("induction", 1)
    badges = [item.badge for item in read(recent, older).section("visits").items if item.badge.endswith(" past")]
    days = [int(badge.split()[0]) for badge in badges]
    assert len(days) > 2
    assert days == sorted(days, reverse=True)


def test_the_last_day_and_a_past_window_are_urgent() -> None:
    last_day = a_patient(day_one=date(2026, 9, 8)).phase("induction", 1)
    past = a_patient(day_one=date(2026, 9, 6)).phase("induction", 1)
    found = [item for item in read(past, last_day).section("visits").items if item.visit == "D22"]
    assert {item.badge for item in found} == {"last day", "2 days past"}
    assert {item.urgency for item in found} == {Urgency.NOW}


def test_an_awaited_result_grows_pressing_with_its_age() -> None:
    builder = a_patient()
    builder.add(
        Sample(purpose="MRD", specimen="BONE MARROW", sent=PartialDate(2026, 9, 12), laboratory="Central", visit="D85")
    )
    builder.add(Sample(purpose="HLA", sent=PartialDate(2026, 9, 30)))
    found = read(builder).section("awaited").items
    assert [(item.badge, item.urgency) for item in found] == [("20 days", Urgency.SOON), ("2 days", Urgency.LATER)]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (PartialDate(2026, 9, 14), "sent 14 Sep 2026"),
        (PartialDate(2026, 9), "sent Sep 2026"),
        (None, "taken 12 Sep 2026"),
    ],
)
def test_an_awaited_result_says_of_its_sending_what_is_known(day: PartialDate | None, words: str) -> None:
    builder = a_patient()
    builder.add(Sample(purpose="HLA", collected=PartialDate(2026, 9, 12), sent=day))
    assert [item.detail for item in read(builder).section("awaited").items] == [words]


def test_what_has_waited_longest_comes_first() -> None:
    young, old = a_patient(), a_patient()
    young.add(Sample(purpose="HLA", sent=PartialDate(2026, 9, 30)))
    old.add(Sample(purpose="HLA", sent=PartialDate(2026, 9, 20)))
    assert [item.badge for item in read(young, old).section("awaited").items] == ["12 days", "2 days"]


def test_of_the_visits_whose_window_is_open_the_one_that_closes_first_comes_first() -> None:
    later = a_patient(day_one=date(2026, 9, 10)).phase("induction", 1)
    sooner = a_patient(day_one=date(2026, 9, 9)).phase("induction", 1)
    found = [item for item in read(later, sooner).section("visits").items if item.visit == "D22"]
    assert [item.patient for item in found] == [2, 1]


def test_a_result_is_late_after_two_weeks_and_not_on_their_last_day() -> None:
    builder = a_patient()
    for day in (17, 18):
        builder.add(Sample(purpose="HLA", sent=PartialDate(2026, 9, day)))
    found = read(builder).section("awaited").items
    assert [(item.badge, item.urgency) for item in found] == [("15 days", Urgency.SOON), ("14 days", Urgency.LATER)]


@pytest.mark.parametrize(("day", "urgency"), [(84, Urgency.NOW), (85, Urgency.SOON)])
def test_a_mutation_test_of_the_day_of_the_rise_or_later_is_not_asked_for_again(day: int, urgency: Urgency) -> None:
    builder = a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)
    builder.add(Mutation(collected=builder.on(day), result="NONE"))
    [item] = read(builder).section("rising").items
    assert item.urgency is urgency
    assert item.detail.endswith("An ABL1 mutation test was taken since.") is (urgency is Urgency.SOON)


def test_rising_mrd_names_its_specimen() -> None:
    builder = a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)
    [item] = read(builder).section("rising").items
    assert item.detail.startswith("Marrow: ")


def test_rising_mrd_is_told_in_the_numbers_of_the_desk() -> None:
    charts = [a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_100).chart()]
    reader = WorklistReader(lambda _ids: charts, lambda _ids: charts, no_queries, NOW, Desk.ITALIAN)
    assert list(reader.steps())
    [item] = reader.worklist().section("rising").items
    assert item.detail.startswith("Marrow: 2,01 log above the last result.")


def test_rising_mrd_asks_for_the_mutation_test() -> None:
    builder = a_patient().phase("induction", 1).mrd(57, 40).mrd(85, 4_000)
    [line] = lines(builder, "rising")
    assert "mutation test" in line


def test_an_open_question_leads_to_the_record_it_is_about() -> None:
    builder = a_patient().mrd(85, 4)
    builder.add(Flag(about_kind="mrd", about_id=2, message="Is this right?", answer="As on the report"))
    [item] = read(builder).section("flags").items
    assert (item.kind, item.record_id) == ("mrd", 2)


def test_what_is_missing_is_an_open_question_that_opens_the_form_to_be_filled() -> None:
    builder = a_patient().phase("prephase", -7).phase("induction", 1).phase("blina-1", 86)
    builder.add(Relapse(found=builder.on(100)))
    [item] = read(builder).section("flags").items
    assert item.text.startswith("Relapse on ")
    assert (item.kind, item.record_id, item.badge) == ("disposition", 0, "missing")


def test_a_relapse_without_a_mutation_test_opens_the_form_of_one() -> None:
    builder = a_patient().phase("induction", 1)
    builder.add(Relapse(found=builder.on(100), sites=("MARROW",)))
    items = [item for item in read(builder).section("flags").items if "mutation" in item.text]
    assert [(item.kind, item.record_id) for item in items] == [("mutation", 0)]


def test_an_empty_site_has_nothing_to_do() -> None:
    assert read().total == 0


def test_what_is_read_so_far_can_be_shown() -> None:
    charts = [a_patient(day_one=date(2026, 9, 10)).phase("induction", 1).chart()]
    reader = WorklistReader(lambda _ids: charts, lambda _ids: charts, no_queries, NOW, Desk.ENGLISH)
    next(reader.steps())
    assert not reader.worklist().complete


def test_a_patient_who_died_asks_for_nothing() -> None:
    builder = a_patient(day_one=date(2026, 9, 10)).phase("induction", 1).mrd(5, 40).mrd(15, 4_000)
    assert read(builder).section("rising").items
    builder.add(Death(date=PartialDate(2026, 9, 30)))
    assert read(builder).section("rising").items == read(builder).section("visits").items == ()
