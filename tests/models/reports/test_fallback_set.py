from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from models.chart.patient_chart import PatientChart
from models.domain.clock import FixedClock
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.figures.data import upcoming
from models.protocols.loading import find_protocol
from models.records.safety import AdverseEvent
from models.reports.changed_values import NOTE, Changed
from models.reports.desk_words import day_words, days_words
from models.reports.fallback_set import fallback_set
from models.study import Study
from tests.builders import a_patient
from tests.demo_fixtures import demo_study_file, open_demo

__all__ = ["demo_study_file"]

NOW = datetime(2026, 10, 2, 9, tzinfo=timezone(timedelta(hours=1)))
PASSWORD = "bako-meru"
PRINTING = Printing("D-ALBA", "042, Haematology", "", NOW, Desk.ENGLISH, "1", "12-ab cd", synthetic=True)


@pytest.fixture(scope="module")
def charts(demo_study_file: Path) -> tuple[PatientChart, ...]:
    study = Study.open(demo_study_file, "coordinator", "synthetic patients only", clock=FixedClock(NOW), read_only=True)
    with study:
        return tuple(study.charts())


def made(charts: tuple[PatientChart, ...], changed: Changed = frozenset()) -> bytes:
    paper = fallback_set(
        charts, PRINTING, total=len(charts), protocol=find_protocol("dalba"), password=PASSWORD, changed=changed
    )
    assert paper is not None
    return paper


def text_of(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper, password=PASSWORD)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def text(charts: tuple[PatientChart, ...]) -> str:
    return text_of(made(charts))


def test_every_patient_is_in_it(charts: tuple[PatientChart, ...], text: str) -> None:
    assert len(charts) == 66
    assert all(chart.label in text for chart in charts)


def test_it_names_nobody(demo_study_file: Path, text: str) -> None:
    with open_demo(demo_study_file, FixedClock(NOW)) as study:
        known = study.identities()
    names = {name for identity in known for name in (identity.family_name, identity.hospital_number) if name}
    assert names
    assert not any(name in text for name in names)


def test_it_says_when_where_and_at_which_end_of_the_trail(text: str) -> None:
    assert "As the record stood on 2 Oct 2026, 09:00 UTC+01:00. End of the audit trail: 12-ab cd." in text
    assert "site 042, Haematology" in text
    assert "SYNTHETIC PATIENTS" in text


def test_its_foot_names_nobody_since_the_program_makes_it(text: str) -> None:
    assert "Made 2 Oct 2026, 09:00 UTC+01:00 \N{MIDDLE DOT} audit trail 12-ab cd \N{MIDDLE DOT} AlbaTrack 1" in text


def test_a_running_clock_comes_first(charts: tuple[PatientChart, ...], text: str) -> None:
    (event,) = [event for chart in charts for event in chart.events if event.deadline]
    clock = text.index("Must be reported (1)")
    assert clock < text.index(event.record.term, clock) < text.index("Patients followed")
    assert "2 Oct 2026, 21:30 UTC+01:00" in text


def test_a_serious_event_without_awareness_must_be_reported_at_once() -> None:
    builder = a_patient()
    builder.add(AdverseEvent(term="Sepsis", version="4.03", began=PartialDate(2026, 9, 29), serious=True))
    text = text_of(made((builder.chart(),)))
    assert "Must be reported (1)" in text
    assert "Sepsis not recorded at once" in text


def last_sample(charts: tuple[PatientChart, ...]) -> str:
    """The day of the last MRD sample of the patient on treatment, as it stands on the paper."""
    chart = next(chart for chart in charts if chart.label == "042-062")
    return day_words(max(point.when for point in chart.course.time_points), Desk.ENGLISH).replace("\xa0", " ")


def test_a_patient_on_treatment_is_told_with_phase_dose_event_mrd_and_next_visit(
    charts: tuple[PatientChart, ...], text: str
) -> None:
    start = text.index("042-062", text.index("Patients followed"))
    row = text[start : text.index("042-063", start)]
    told = ("On treatment", "study day 192", "Complete", last_sample(charts), "Lung infection (3", "Blinatumomab 28")
    for words in told:
        assert words in row
    chart = next(chart for chart in charts if chart.label == "042-062")
    window = next(days_words(visit.opens, visit.closes, Desk.ENGLISH) for visit in upcoming(chart.visits))
    assert window.replace("\xa0", " ") in row.replace("\xa0", " ")


def test_what_goes_on_in_follow_up_is_told_as_given_now(charts: tuple[PatientChart, ...], text: str) -> None:
    chart = next(chart for chart in charts if chart.status == "FOLLOW-UP" and any(c.current for c in chart.doses))
    start = text.index(chart.label, text.index("Patients followed"))
    assert "Dasatinib 140 mg" in text[start : start + 200]


def test_a_rise_names_its_specimen(charts: tuple[PatientChart, ...], text: str) -> None:
    alerts = [chart.alerts[-1] for chart in charts if chart.alerts]
    assert {alert.specimen for alert in alerts} == {"BONE MARROW"}
    assert all(f"{alert.kind.value[0].upper()}{alert.kind.value[1:]}, marrow" in text for alert in alerts)


def test_of_two_results_of_one_day_both_are_told_and_the_worse_gives_the_colour() -> None:
    builder = a_patient().phase("induction", 1).mrd(85, 0, 50_000).mrd(85, 400, 50_000, transcript="p210")
    text = text_of(made((builder.chart(),)))
    assert text.index("Positive p210, bone marrow 0.8 %") < text.index("Complete p190, bone marrow")


def test_a_phase_that_ended_is_told_as_ended_and_not_as_running() -> None:
    text = text_of(made((a_patient().phase("induction", 1, 85).chart(),)))
    assert ", ended 3 Apr 2026" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_those_who_left_are_in_a_list_of_their_own(charts: tuple[PatientChart, ...], text: str) -> None:
    gone = [chart for chart in charts if chart.status in ("DEAD", "OFF STUDY", "SCREEN FAILURE")]
    assert f"Not followed any more ({len(gone)})" in text
    assert text.index("Not followed any more") < text.rindex(gone[0].label)


def test_it_opens_with_its_password_only(charts: tuple[PatientChart, ...]) -> None:
    paper = made(charts[:2])
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(paper))
    with pikepdf.open(BytesIO(paper), password=PASSWORD) as opened:
        assert opened.encryption.bits == 256


def test_its_pages_are_a4(charts: tuple[PatientChart, ...]) -> None:
    with pikepdf.open(BytesIO(made(charts)), password=PASSWORD) as opened:
        assert {tuple(round(float(side)) for side in page.mediabox) for page in opened.pages} == {(0, 0, 595, 842)}


def test_an_empty_study_has_an_empty_set() -> None:
    text = text_of(made(()))
    assert "Must be reported (0) No clock is running." in text
    assert "Patients followed (0) None." in text


def test_it_stops_where_it_is_told_to(charts: tuple[PatientChart, ...]) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 3

    about = {"protocol": find_protocol("dalba"), "password": PASSWORD}
    assert fallback_set(charts, PRINTING, total=66, progress=stop, **about) is None  # type: ignore[arg-type]
    assert told == [(1, 66), (2, 66), (3, 66)]


def test_the_program_makes_it_whoever_is_signed_in(demo_study_file: Path, tmp_path: Path) -> None:
    import shutil

    path = tmp_path / "demo.albatrack"
    shutil.copytree(demo_study_file, path)
    with open_demo(path, FixedClock(NOW), "administrator") as study:
        assert study.backups.make().problems == ()
        paper = study.fallback_set.newest()
        assert paper is not None
    with open_demo(path, FixedClock(NOW), "coordinator") as study:
        document = pypdfium2.PdfDocument(paper, password=study.fallback_set.password())
        assert len(document) > 3
        document.close()
    assert date(2026, 10, 2).isoformat() in paper.name


def test_a_corrected_value_is_marked_and_the_mark_explained(charts: tuple[PatientChart, ...]) -> None:
    (chart,) = (chart for chart in charts if chart.label == "042-062")
    changed = {("patient", chart.patient.id, "age")}
    changed |= {("mrd", int(point.sample.key), "collected") for one in chart.course.series for point in one.points}
    changed |= {("adverse_event", view.record.id, "term") for view in chart.events}
    text = text_of(made((chart,), changed=changed))
    row = text[text.rindex("042-062") :]
    for marked in (f"{chart.patient.age} y‡", f"{last_sample(charts)}‡", "Lung infection‡ (3"):
        assert marked in row
    assert NOTE in text


def test_without_a_correction_nothing_is_marked(text: str) -> None:
    assert "‡" not in text


def test_a_visit_due_before_the_first_phase_is_named_in_words() -> None:
    assert "Baseline: Due before Steroid pre-phase begins" in text_of(made((a_patient().chart(),)))


def test_a_phase_that_began_on_a_day_not_fully_known_is_the_one_that_runs() -> None:
    text = text_of(made((a_patient().phase("prephase", -7, -1).phase("induction", "2026-01").chart(),)))
    assert "Induction: dasatinib + steroids, since Jan 2026" in text
