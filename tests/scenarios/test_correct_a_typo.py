"""A number was typed wrong: it is corrected with a reason, and the old one stays to be seen."""

from models.records.molecular import MrdResult
from tests.scenarios.person import Person


def test_the_old_value_who_and_why_stand_in_the_history(nurse: Person) -> None:
    nurse.open_newest_result()
    assert nurse.text("mrd_side_0") == "0.0205 %"
    nurse.fill(mrd_target_copies="90")
    assert nurse.text("mrd_side_0") == "0.205 %"
    asked: list[str] = []
    with nurse.reasoned("Typing error", asked):
        nurse.save()
    assert "9 copies → 90 copies" in asked[0]
    nurse.gone("mrd_dialog")
    newest = nurse.chart("042-001").of(MrdResult)[-1]
    assert str(newest.target_copies) == "90 copies"

    nurse.go_to("mrd_list_history")
    nurse.keys("Space")
    nurse.front("history_dialog")
    assert nurse.says("Entered by C. Rossi")
    ((when, who, field, old, new, reason),) = nurse.rows("history_table")
    assert when.startswith("2 Oct 2026, 09:00")
    assert (who, field, old, new, reason) == ("C. Rossi", "BCR::ABL1 copies", "9 copies", "90 copies", "Typing error")
    nurse.keys("Esc")
    nurse.gone("history_dialog")


def test_the_value_itself_opens_its_history_with_the_keyboard(nurse: Person) -> None:
    nurse.open_newest_result()
    nurse.fill(mrd_target_copies="90")
    with nurse.reasoned("Typing error", []):
        nurse.save()
    nurse.gone("mrd_dialog")

    nurse.go_to("mrd_table")
    nurse.keys("Home", "Return")
    nurse.front("mrd_dialog")
    nurse.go_to("mrd_target_copies")
    nurse.keys("Ctrl+H")
    nurse.front("history_dialog")
    assert nurse.says("Entered by C. Rossi")
    newest, first = nurse.rows("history_table")
    assert newest[1:] == ["C. Rossi", "9 copies", "90 copies", "Typing error"]
    assert first[1:4] == ["C. Rossi", "", "9 copies"]
    nurse.keys("Esc")
    nurse.gone("history_dialog")
    nurse.front("mrd_dialog")
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")


def test_a_correction_without_a_reason_is_not_made(nurse: Person) -> None:
    nurse.open_newest_result()
    nurse.fill(mrd_target_copies="90")
    with nurse.when_asked("reason_dialog", lambda: nurse.keys("Esc")):
        nurse.save()
    assert str(nurse.chart("042-001").of(MrdResult)[-1].target_copies) == "9 copies"
    nurse.front("mrd_dialog")
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")
