"""Entering and correcting: reasons, lateness, checks, and what the trail hears of besides (R3, R5, R17, R18, R20)."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.chart.entry import days_late
from models.cli import main
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.findings import RejectedError
from models.domain.notation import Desk, read_quantity
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.exchange.trail_listing import write_trail
from models.persistence.holder import InUseError
from models.study import Edit, Study
from tests.demo_fixtures import open_demo
from tests.printing import printing_on
from tests.study_fixtures import BY, PASSWORD, SitDown, open_as

MRD = {"collected": PartialDate(2026, 4, 3), "specimen": "BONE MARROW", "transcript": "p190"}
WHY = Context("", "Read wrongly from the source")


def test_r3_a_first_entry_needs_no_reason_and_a_change_one_that_is_not_blank(study: Study, patient: int) -> None:
    [(_, record)] = study.save(patient, [Edit("history", {"term": "Gout"})], BY).records
    for blank in ("", " ", "\t\n", "\N{ZERO WIDTH SPACE}", "\N{HANGUL FILLER}"):
        with pytest.raises(TrialError, match="needs a reason"):
            study.save(patient, [Edit("history", {"term": "Asthma"}, record)], Context("", blank))
    study.save(patient, [Edit("history", {"term": "Asthma"}, record)], WHY)
    corrections = study.corrections("history", record)
    assert [(line.old, line.new, line.reason) for line in corrections] == [("Gout", "Asthma", WHY.reason)]


def test_r3_the_reason_of_one_change_is_not_that_of_the_next(study: Study, patient: int) -> None:
    [(_, record)] = study.save(patient, [Edit("history", {"term": "Gout"})], BY).records
    study.save(patient, [Edit("history", {"term": "Asthma"}, record)], WHY)
    with pytest.raises(TrialError, match="needs a reason"):
        study.save(patient, [Edit("history", {"term": "Gout"}, record)], BY)


def test_r5_what_is_no_data_is_in_the_trail_as_well(
    study: Study, sit_down: SitDown, clock: FixedClock, visit: int, patient: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    write_trail(study.trail, tmp_path / "trail.csv", printing_on(study))
    study.backups.make()
    study.close()
    with pytest.raises(TrialError, match="not right"):
        Study.open(study.path, "I. Bianchi", "not the password", clock=clock)
    monkeypatch.setenv("ALBATRACK_PASSWORD", PASSWORD)
    printed = tmp_path / "summary.pdf"
    assert (
        main(["report", "visit", str(study.path), "--user", BY.actor, "--patient", "042-001", "--out", str(printed)])
        == 0
    )
    investigator = sit_down("I. Bianchi")
    investigator.signing.sign(patient, visit, "approval", PASSWORD, "I. Bianchi")
    investigator.locking.lock(patient, visit, "Cleaned")
    administrator = sit_down("A. Verdi")
    administrator.accounts.change_role("M. Neri", "coordinator", "Works at the site now")
    acts = {line.act for line in sit_down(BY.actor).trail.lines(limit=1_000)} | {
        line.act for line in sit_down("A. Verdi").trail.lines(limit=1_000)
    }
    assert acts >= {
        "sign-in", "sign-out", "sign-in failed", "role changed", "audit trail exported", "visit summary saved",
        "signature", "backup made",
    }  # fmt: skip
    coordinator = sit_down(BY.actor)
    assert "record_lock" in {line.kind for line in coordinator.trail.lines(limit=1_000)}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("mrd", {"collected": PartialDate(2027, 1, 1), "specimen": "BONE MARROW"}), "after today"),
        (Edit("history", {"term": "Gout", "began": PartialDate(1901)}), "before the date of birth"),
        (
            Edit("history", {"term": "Gout", "began": PartialDate(2020), "ended": PartialDate(2019)}),
            "before the beginning",
        ),
        (Edit("lab", {"test": "HGB", "collected": PartialDate(2026, 3, 1)}), "give the value"),
    ],
)
def test_r17_an_impossible_value_is_refused_with_a_sentence_and_saves_nothing(
    study: Study, patient: int, edit: Edit, words: str
) -> None:
    head = study.trail.head()
    with pytest.raises(RejectedError, match=words):
        study.save(patient, [edit], WHY)
    assert study.trail.head() == head


def test_r17_nobody_is_enrolled_before_the_consent(study: Study) -> None:
    screened = PartialDate(2026, 1, 2)
    number = study.next_screening_number()
    edits = [
        Edit("patient", {"screening_number": number, "screened": screened, "sex": "F", "age": 58}),
        Edit("consent", {"version": "4.0", "signed": PartialDate(2026, 1, 4)}),
    ]
    patient = study.screen(edits, BY).patient
    assert patient is not None
    with pytest.raises(RejectedError, match="consent"):
        study.enrol(patient, PartialDate(2026, 1, 3), BY)


def test_r17_a_second_program_on_the_study_is_refused(study: Study, clock: FixedClock) -> None:
    with pytest.raises(InUseError, match=r"in use by C\. Rossi"):
        open_as(study.path, clock, "I. Bianchi")


def test_r18_a_correction_says_who_when_and_why_and_a_late_entry_is_seen(study: Study, patient: int) -> None:
    event = {"term": "Fever", "version": "5.0", "began": PartialDate(2026, 3, 1), "ongoing": True}
    grade = Edit("ae_grade", {"since": PartialDate(2026, 3, 1), "grade": "2"})
    [(_, record), *_] = study.save(patient, [Edit("adverse_event", event, children=(grade,))], WHY).records
    [stored] = [one for one in study.chart(patient).records["adverse_event"] if one.id == record]
    assert stored.entered_at is not None
    assert (stored.entered_at.date(), stored.entered_by) == (study.today, "C. Rossi")
    assert days_late(stored) == (study.today - date(2026, 3, 1)).days
    study.save(patient, [Edit("adverse_event", {"term": "Chills"}, record)], WHY)
    [change] = study.corrections("adverse_event", record)
    assert (change.actor, change.at, change.reason) == ("C. Rossi", study.clock.now(), WHY.reason)


def test_r20_a_file_that_is_read_comes_back_row_by_row_or_not_at_all(tmp_path: Path) -> None:
    rows = [
        "transcript,specimen,target_copies,control_copies,lab_category,baseline_ratio",
        "p190,bone marrow,9,43800,,",
    ]
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("\n".join(rows) + "\n")
    assert main(["classify", "--csv", str(source), "--out", str(target)]) == 0
    assert len(target.read_text().splitlines()) == len(rows)
    source.write_text("\n".join([*rows, "p190,too few cells"]))
    target.unlink()
    assert main(["classify", "--csv", str(source), "--out", str(target)]) == 1
    assert not target.exists()


def test_alcoa_attributable_no_row_of_a_study_is_without_its_person(
    demo_study_file: Path, tmp_path: Path, clock: FixedClock
) -> None:
    copy = Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack"))
    with open_demo(copy, clock) as study, study._folder.read.begin() as connection:  # noqa: SLF001 - every table
        rows, known = connection.exec_driver_sql("SELECT count(*), count(nullif(actor, '')) FROM audit").one()
        assert rows == known == study.trail.head().rows
        records = [one for chart in study.charts(laboratory=True) for kept in chart.records.values() for one in kept]
        assert len(records) > 60
        assert all(record.entered_by for record in records)


def test_alcoa_original_what_was_typed_is_kept_beside_what_it_means(study: Study, patient: int) -> None:
    typed = read_quantity("45'310", ("copies",), Desk.ENGLISH)
    study.save(patient, [Edit("mrd", {**MRD, "lab_category": "positive", "control_copies": typed})], WHY)
    [stored] = study.chart(patient).records["mrd"]
    assert stored.values()["control_copies"].typed == "45'310"
    assert stored.values()["control_copies"].value == 45310


def test_alcoa_accurate_a_value_is_taken_in_a_unit_of_its_field_only(study: Study, patient: int) -> None:
    values = {"test": "CREAT", "collected": PartialDate(2026, 3, 1)}
    with pytest.raises(RejectedError, match="must be given in"):
        study.save(patient, [Edit("lab", {**values, "value": Quantity(Decimal("0.8"), "g/dL")})], WHY)
    study.save(patient, [Edit("lab", {**values, "value": Quantity(Decimal("0.8"), "mg/dL")})], WHY)


def test_alcoa_complete_a_visit_that_did_not_take_place_says_why(study: Study, patient: int) -> None:
    code = study.protocol.visits[3].code
    with pytest.raises(RejectedError, match="Say why"):
        study.save(patient, [Edit("visit", {"code": code, "status": "MISSED"})], WHY)
    study.save(patient, [Edit("visit", {"code": code, "status": "MISSED", "reason": "OTHER"})], WHY)


def test_alcoa_traceable_a_derived_value_shows_what_it_was_worked_out_from(study: Study, patient: int) -> None:
    copies = {"target_copies": Quantity(Decimal(9), "copies"), "control_copies": Quantity(Decimal(43800), "copies")}
    study.save(patient, [Edit("mrd", {**MRD, **copies})], WHY)
    [point] = study.chart(patient).course.series[0].points
    derived = point.result.protocol_class
    assert (derived.rule.id, derived.rule.version) == (study.protocol.mrd.rule_set, study.protocol.mrd.version)
    shown = {label: write_sentence(said, Desk.ENGLISH) for label, said in derived.inputs}
    assert (shown["BCR::ABL1 copies"], shown["ABL1 copies"]) == ("9", "43\N{NARROW NO-BREAK SPACE}800")
