import os
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.records.flags import Flag
from models.records.patient import Identity
from models.records.visits import Visit
from models.reports.raster import page_pictures
from models.reports.visit_summary import visit_summary
from tests.builders import PatientBuilder, a_patient, a_treated_patient
from tests.models.reports.reading import outline_titles, page_lines, page_texts

NOW = datetime(2026, 10, 2, 10, 14, tzinfo=timezone(timedelta(hours=2)))
GOLDEN = Path(__file__).parent / "golden"
SIGNED = ("I. Bianchi, investigator, 2 Oct 2026 10:10 +02:00: reviewed",)
REWRITE = "ALBATRACK_REWRITE_GOLDEN"
"""Set this variable to make the golden page anew; look at it before you keep it."""
TRAIL = "123456-0123 4567 89ab cdef"
PRINTING = Printing("D-ALBA", "042, Haematology", "C. Rossi", NOW, Desk.ENGLISH, "0.1.0", TRAIL)


def written(
    chart: PatientChart,
    path: Path,
    *,
    visit: str | None = None,
    desk: Desk = Desk.ENGLISH,
    by: str = "C. Rossi",
    **more: Any,
) -> Path:
    visit_summary(chart, path, replace(PRINTING, printed_by=by, desk=desk), visit=visit, **more)
    return path


def summary(builder: PatientBuilder, tmp_path: Path, **facts: object) -> str:
    return " ".join(page_texts(written(builder.chart(), tmp_path / "visit.pdf", **facts)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chart = a_treated_patient().chart()
    return written(chart, tmp_path_factory.mktemp("golden") / "visit.pdf", changed=corrected(chart), signatures=signed)


def signed(_patient: int, visit: Collection[int], _desk: Desk) -> tuple[str, ...]:
    """Only the visit of the treated patient after cycle 4 is signed."""
    (last,) = (each.id for each in a_treated_patient().chart().of(Visit) if each.code == "C4")
    return SIGNED if last in visit else ()


def corrected(chart: PatientChart) -> frozenset[tuple[str, int, str]]:
    """As if copies and day of the newest result, and a laboratory value, had been corrected."""
    newest, lab = chart.course.series[0].points[-1], chart.labs[-1].record
    mrd = int(newest.sample.key)
    return frozenset({("mrd", mrd, "control_copies"), ("mrd", mrd, "collected"), ("lab", lab.id, "value")})


def test_the_text_is_the_golden_one(page: Path) -> None:
    text = "\n".join(page_texts(page)) + "\n"
    golden = GOLDEN / "visit-summary.txt"
    if os.environ.get(REWRITE):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_picture_is_the_golden_one(page: Path) -> None:
    (picture,) = page_pictures(page, 72)
    made = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    golden = GOLDEN / "visit-summary.png"
    if os.environ.get(REWRITE):
        Image.fromarray(made).quantize(64).save(golden, optimize=True)
    kept = np.asarray(Image.open(golden).convert("RGB"))
    assert made.shape == kept.shape
    difference = np.abs(made.astype(int) - kept.astype(int)).max(axis=2)
    assert (difference > 64).mean() < 0.005


def test_the_treated_patient_fits_one_page(page: Path) -> None:
    assert len(page_texts(page)) == 1


def crowded(events: int, questions: int) -> PatientBuilder:
    """A patient with an event, a laboratory value and a question for every line that a long paper needs."""
    builder = a_treated_patient()
    for number in range(events):
        builder.event(f"Event {number}", 230, grade=2).lab("PLAT", 5 + number, 1000 + number, "10^9/L", visit="C4")
    for number in range(questions):
        builder.add(Flag(about_kind="mrd", about_id=1, message=f"Question number {number}"))
    return builder


@pytest.mark.parametrize(("events", "shown"), [(0, 6), (5, 4), (10, 3)])
def test_the_fuller_the_page_the_fewer_results_stand_beside_the_drawing(
    events: int, shown: int, tmp_path: Path
) -> None:
    (text,) = page_texts(written(crowded(events, 0).chart(), tmp_path / "visit.pdf"))
    assert f"The latest {shown} of 9 results; the drawing shows all." in text


def test_a_closely_set_page_holds_everything_that_the_roomy_one_would(tmp_path: Path) -> None:
    (text,) = page_texts(written(crowded(6, 4).chart(), tmp_path / "visit.pdf"))
    assert all(f"Event {number} " in text for number in range(6))
    assert all(f"{1000 + number} 10⁹/L" in text for number in range(6))
    assert all(f"Question number {number}" in text for number in range(4))


@pytest.mark.parametrize("questions", range(4, 44, 6))
def test_the_lines_to_sign_on_stand_under_the_next_visits(questions: int, tmp_path: Path) -> None:
    last = page_texts(written(crowded(8, questions).chart(), tmp_path / "visit.pdf"))[-1]
    assert last.index("Next visits") < last.index("Investigator, date") < last.index("Coordinator, date")


def test_every_font_is_embedded(page: Path) -> None:
    assert b"Helvetica" not in page.read_bytes()


def test_the_subject_says_what_paper_it_is_and_names_nobody(page: Path) -> None:
    subject = pypdfium2.PdfDocument(page).get_metadata_value("Subject")
    assert subject == "Visit summary of one patient \N{MIDDLE DOT} LAL2116 \N{MIDDLE DOT} D-ALBA"


def test_the_name_of_the_site_stands_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "visit.pdf"
    site = "042 Department of Haematology and Transplantation, General Hospital"
    visit_summary(a_treated_patient().chart(), path, replace(PRINTING, site=site), visit=None)
    assert any(line.endswith(site) for line in page_lines(path))


def test_the_same_record_clock_and_version_give_the_same_bytes(page: Path, tmp_path: Path) -> None:
    chart = a_treated_patient().chart()
    again = written(chart, tmp_path / "again.pdf", changed=corrected(chart), signatures=signed)
    assert again.read_bytes() == page.read_bytes()


def test_a_value_changed_since_first_entry_is_marked_and_the_mark_explained(page: Path) -> None:
    (text,) = page_texts(page)
    assert "21 Sep 2026‡ 256 0 45 310‡ <0.0023" in text
    assert "‡ changed since first entry; the audit trail holds the old value" in text


def test_a_value_that_stands_as_first_entered_is_not_marked(tmp_path: Path) -> None:
    assert "‡" not in summary(a_treated_patient(), tmp_path)


def test_a_change_in_what_is_not_on_the_page_marks_nothing(tmp_path: Path) -> None:
    assert "‡" not in summary(a_treated_patient(), tmp_path, changed=frozenset({("visit", 999, "comment")}))


def test_a_change_in_the_head_alone_is_explained(tmp_path: Path) -> None:
    builder = a_treated_patient()
    text = summary(builder, tmp_path, changed=frozenset({("patient", builder.chart().patient.id, "age")}))
    assert "58 y‡" in text
    assert text.count("‡") == 2


def test_a_laboratory_value_whose_day_was_corrected_to_that_of_the_visit_is_marked(tmp_path: Path) -> None:
    chart = a_treated_patient().chart()
    changed = frozenset(("lab", view.record.id, "collected") for view in chart.labs)
    (text,) = page_texts(written(chart, tmp_path / "visit.pdf", changed=changed))
    assert chart.labs
    assert any(f"{view.label}‡ " in text for view in chart.labs)


def test_every_value_changed_still_fits_one_page(tmp_path: Path) -> None:
    chart = a_treated_patient().chart()
    every = {(kind, r.id, name) for kind, rows in chart.records.items() for r in rows for name in r.values()}
    (text,) = page_texts(written(chart, tmp_path / "visit.pdf", changed=every, signatures=signed))
    assert "28 Aug 2026‡ 9 Sep 2026‡ no‡ possible‡; no action‡" in text


def test_the_end_of_the_audit_trail_stands_in_the_foot(page: Path) -> None:
    (text,) = page_texts(page)
    assert f"record state 3028 49d4 185f 711c · audit trail {TRAIL} · AlbaTrack 0.1.0 Page 1 of 1" in text


def test_who_has_signed_stands_above_the_lines_to_sign_on(page: Path) -> None:
    (text,) = page_texts(page)
    assert text.index("Next visits") < text.index(f"Signed {SIGNED[0]}") < text.index("Investigator, date")


def test_it_says_which_visit_it_is_of_and_how_many_pages(tmp_path: Path) -> None:
    chart = crowded(8, 60).chart()
    out = tmp_path / "visit.pdf"
    told = visit_summary(chart, out, PRINTING, visit=None)
    assert told == ("C4", len(page_texts(out)))


def test_a_changed_record_changes_the_record_state(tmp_path: Path) -> None:
    before = summary(a_treated_patient(), tmp_path)
    after = summary(a_treated_patient().lab("K", 256, 4, "mmol/L"), tmp_path)
    state = [text.split("record state ")[1][:19] for text in (before, after)]
    assert state[0] != state[1]


def test_both_rule_sets_are_named(page: Path) -> None:
    (text,) = page_texts(page)
    assert "D-ALBA class" in text
    assert "European terms" in text


def test_it_has_a_title_a_language_and_bookmarks(page: Path) -> None:
    content = page.read_bytes()
    assert b"(Visit summary 042-017)" in content
    assert b"/Lang (en-GB)" in content
    assert b"/CreationDate (D:20261002101400+02'00')" in content
    assert {"Visit summary 042-017", "Molecular response", "Adverse events since the last visit"} <= set(
        outline_titles(page)
    )


def test_the_drawing_is_vectors_and_its_words_are_text(page: Path) -> None:
    assert b"/Subtype /Image" not in page.read_bytes()
    assert "140 mg" in page_texts(page)[0]


def test_a_made_up_patient_is_marked_in_head_and_foot(page: Path) -> None:
    assert page_texts(page)[0].count("SYNTHETIC PATIENT") == 2


def test_a_real_patient_is_not_marked(tmp_path: Path) -> None:
    assert "SYNTHETIC" not in summary(a_patient(synthetic=False).phase("induction", 1).visit("D22", 22), tmp_path)


def test_the_name_is_not_printed(tmp_path: Path) -> None:
    builder = a_treated_patient()
    builder.add(Identity(family_name="Bianchi", given_name="Giulia"))
    assert "Bianchi" not in summary(builder, tmp_path)


def test_dates_and_numbers_follow_the_desk(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path, desk=Desk.ITALIAN)
    assert "21 set 2026" in text
    assert "11,2" in text


def test_the_reason_of_a_rise_follows_the_desk(tmp_path: Path) -> None:
    builder = a_patient().phase("induction", 1).visit("D85", 85).mrd(57, 40).mrd(85, 4_100)
    assert "2,01 log above the last result; a rise counts from 1 log." in summary(builder, tmp_path, desk=Desk.ITALIAN)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("perché Ελληνικά 10⁹", "perché Ελληνικά 10⁹"),
        ("<b>5 < 7 & 8 > 2</b>", "<b>5 < 7 & 8 > 2</b>"),
        ("&lt; </para> <br/>", "&lt; </para> <br/>"),
        ("中文", "[U+4E2D][U+6587]"),
        ("a\u202eb", "a[U+202E]b"),
        ("first\nsecond", "first second"),
    ],
)
def test_any_text_prints_as_typed(typed: str, shown: str, tmp_path: Path) -> None:
    builder = a_treated_patient()
    builder.add(Flag(about_kind="mrd", about_id=1, message=typed))
    assert f"Question: {shown}" in summary(builder, tmp_path)


def test_a_word_wider_than_the_page_is_wrapped_and_whole(tmp_path: Path) -> None:
    builder = a_treated_patient()
    builder.add(Flag(about_kind="mrd", about_id=1, message="x" * 700))
    assert summary(builder, tmp_path).count("x") >= 700


def test_text_longer_than_a_page_goes_on_on_the_next_one(tmp_path: Path) -> None:
    builder = a_treated_patient()
    builder.add(Flag(about_kind="mrd", about_id=1, message="word " * 3000))
    pages = page_texts(written(builder.chart(), tmp_path / "visit.pdf"))
    assert sum(text.count("word") for text in pages) == 3000
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, start=1))


def test_the_head_of_a_table_is_repeated_on_the_next_page(tmp_path: Path) -> None:
    builder = a_treated_patient()
    for number in range(60):
        builder.event(f"Event {number}", 230, grade=2)
    pages = page_texts(written(builder.chart(), tmp_path / "visit.pdf"))
    assert all("Event (CTCAE 5.0)" in text for text in pages[:2])
    assert all(f"Event {number} " in " ".join(pages) for number in range(60))


def test_a_panel_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    builder = a_treated_patient()
    for day in range(1, 201):
        builder.lab("PLAT", day, 1000 + day, "10^9/L", visit="C4")
    text = summary(builder, tmp_path)
    assert all(str(1000 + day) in text for day in range(1, 201))


def test_only_events_new_or_ongoing_since_the_last_visit_are_listed(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path).split("Adverse events since")[1]
    assert "Neutrophil count decreased" in text
    assert "Pleural effusion" not in text


def test_an_earlier_visit_can_be_printed(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path, visit="D85")
    assert "Day 85 \N{MIDDLE DOT} 3 Apr 2026 (day 85)" in text


def test_an_earlier_visit_says_of_which_day_the_boxes_in_the_head_are(tmp_path: Path) -> None:
    said = "As of 2 Oct 2026, the day of printing, not of this visit:"
    chart = a_treated_patient()
    assert chart.chart().today.isoformat() == "2026-10-02"
    assert said in summary(chart, tmp_path, visit="D85").replace("\N{NO-BREAK SPACE}", " ")
    assert said not in summary(chart, tmp_path).replace("\N{NO-BREAK SPACE}", " ")


def test_an_earlier_visit_says_that_the_drawing_shows_later_results_too(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path, visit="D85")
    assert "The drawing shows all, also the 4 results after this visit." in text


def test_doses_of_a_drug_are_parted_and_its_name_is_said_once(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path, visit="D57")
    told = text.split("Treatment since the last visit")[1].split("Deviations, open")[0]
    assert told.count("Dasatinib") == 1
    assert "(adverse event); 100 mg" in told


def test_an_interruption_is_told_with_its_reason(tmp_path: Path) -> None:
    text = summary(a_treated_patient(), tmp_path, visit="D57")
    assert "held 16 Feb \N{EN DASH} 1 Mar 2026 (adverse event)" in text


@pytest.mark.parametrize(("code", "why"), [("C5D1", "has not taken place"), ("XX", "is not a visit")])
def test_a_visit_that_did_not_take_place_is_refused(code: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match=why):
        summary(a_treated_patient(), tmp_path, visit=code)
    assert list(tmp_path.iterdir()) == []


def test_a_patient_without_any_record_prints_and_says_so(tmp_path: Path) -> None:
    text = summary(a_patient(), tmp_path)
    assert "no visit recorded yet" in text
    assert "No MRD result recorded." in text


def test_it_can_be_written_to_a_stream() -> None:
    stream = BytesIO()
    visit_summary(a_treated_patient().chart(), stream, PRINTING, visit=None)
    assert stream.getvalue().startswith(b"%PDF")


def test_a_very_long_name_of_who_prints_stays_whole(tmp_path: Path) -> None:
    name = "Maria Antonietta della Rovere di Montefeltro Colonna Sanseverino Ruffo di Calabria"
    assert f"by {name}" in summary(a_treated_patient(), tmp_path, by=name)


def test_the_specimen_of_the_response_is_named_and_what_another_one_has_shown_since(tmp_path: Path) -> None:
    builder = a_patient().phase("induction", 1).visit("D85", 85).mrd(85, 0, 50_000)
    assert "Complete since day" in summary(builder, tmp_path).replace("\N{NO-BREAK SPACE}", " ")
    text = summary(builder.mrd(130, 12, 50_000, specimen="BLOOD"), tmp_path).replace("\N{NO-BREAK SPACE}", " ")
    assert "Complete in marrow since day 85" in text
    assert "Blood positive since 18 May 2026" in text


def test_a_very_long_number_of_the_patient_stays_on_every_page(tmp_path: Path) -> None:
    builder, number = a_treated_patient(), "042-" + "0" * 150 + "17"
    builder.add(Flag(about_kind="mrd", about_id=1, message="word " * 3000))
    chart = builder.chart()
    named = replace(chart, patient=replace(chart.patient, subject_number=number))
    document = pypdfium2.PdfDocument(written(named, tmp_path / "visit.pdf"))
    second = document[1]
    ends = [second.get_textpage().get_charbox(place)[2] for place in range(200)]
    assert number in second.get_textpage().get_text_range()
    assert max(ends) <= second.get_width()
    document.close()
