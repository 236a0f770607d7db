"""A serious adverse event: its term found while typing, its grades read, its clock running until it is reported."""

from PySide6.QtWidgets import QApplication

from models.records.safety import AdverseEvent
from tests.scenarios.person import Person


def test_the_clock_stands_on_today_until_the_event_is_reported(nurse: Person) -> None:
    nurse.find("042-001")
    nurse.keys("Ctrl+Shift+A")
    nurse.front("adverse_event_dialog")
    nurse.go_to("adverse_event_term")
    nurse.type("pleural eff")
    nurse.until(lambda: QApplication.activePopupWidget() is not None)
    nurse.keys("Down", "Return")
    assert nurse.entered("adverse_event_term") == "Pleural effusion"
    nurse.until(lambda: nurse.says("Respiratory, thoracic and mediastinal disorders"))
    nurse.until(lambda: all(nurse.says(f"Grade {grade}") for grade in range(1, 6)))

    nurse.fill(adverse_event_began="30 sep 2026", ae_grade_0_since="30 sep 2026", ae_grade_0_grade="3")
    nurse.go_to("adverse_event_serious_yes")
    nurse.type("y")
    nurse.go_to("adverse_event_seriousness_AESHOSP")
    nurse.keys("Space")
    nurse.fill(adverse_event_aware="1 oct 2026 21:30")
    assert nurse.says("12 h left")
    nurse.fill(ae_drug_0_causality="related")
    nurse.save()
    nurse.gone("adverse_event_dialog")
    (event,) = nurse.chart("042-001").of(AdverseEvent)
    assert (event.term, event.serious) == ("Pleural effusion", True)

    nurse.keys("Ctrl+T")
    nurse.go_to("today_clocks")
    (line,) = nurse.lines("today_clocks")
    assert line.startswith("042-001 · Serious: Pleural effusion, grade 3")
    assert "12 h left" in line
    nurse.keys("Home", "Return")
    nurse.front("adverse_event_dialog")
    nurse.fill(adverse_event_reported="now")
    with nurse.reasoned("Result reported late"):
        nurse.save()
    nurse.gone("adverse_event_dialog")
    nurse.keys("Ctrl+T")
    assert not nurse.shows("today_clocks")
