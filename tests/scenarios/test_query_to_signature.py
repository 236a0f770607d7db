"""A monitor asks, the site answers and corrects, the monitor verifies and closes, the investigator signs.

A later correction makes the signature void, and everybody sees it.
"""

from gui.widgets.review_sign import ReviewSign
from models.study_types import QueryState
from tests.scenarios.person import Person
from tests.study_fixtures import PASSWORD


def sit_down(person: Person, name: str) -> None:
    """Leave the desk to another person."""
    person.keys("Ctrl+Shift+L")
    person.sign_in(name)


def correct(person: Person, copies: str) -> None:
    """Correct the copies in the form in front."""
    person.fill(mrd_target_copies=copies)
    with person.reasoned("Source document corrected", []):
        person.save()
    person.gone("mrd_dialog")


def choose_visit(person: Person) -> None:
    """Choose day 85, to which the newest result belongs."""
    person.find("042-001")
    person.keys("Ctrl+2")
    person.go_to("visit_table")
    person.keys("Home")
    while person.rows("visit_table")[person.focus.currentIndex().row()][0] != "Day 85":  # type: ignore[attr-defined]
        person.keys("Down")


def sign(person: Person) -> None:
    """Sign the visit chosen, with user name and password."""
    person.go_to("visit_sign")
    person.keys("Space")
    person.front("sign_dialog")
    assert person.says("MRD result")
    person.fill(sign_login="I. Bianchi", sign_password=PASSWORD)
    person.keys("Return")
    person.gone("sign_dialog")


def test_a_query_is_settled_and_a_later_correction_voids_the_signature(nurse: Person) -> None:
    sit_down(nurse, "M. Neri")
    nurse.open_newest_result()
    assert nurse.see(ReviewSign, "mrd_target_copies_review").signs
    nurse.go_to("mrd_target_copies_review")
    nurse.keys("Ctrl+Shift+K")
    nurse.front("ask_dialog")
    nurse.type("The report says 90 copies. Please compare.")
    nurse.save()
    nurse.gone("ask_dialog")
    nurse.front("mrd_dialog")
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")

    sit_down(nurse, "C. Rossi")
    nurse.find("queries")
    nurse.until(lambda: nurse.shows("queries_table"))
    ((patient, about, question, state, age, role),) = nurse.rows("queries_table")
    assert (patient, question, state, age, role) == (
        "042-001",
        "The report says 90 copies. Please compare.",
        "Open",
        "today",
        "Coordinator",
    )
    assert "BCR::ABL1 copies" in about
    nurse.go_to("queries_table")
    nurse.keys("Home", "Return")
    nurse.front("mrd_dialog")
    nurse.until(lambda: nurse.focus.objectName() == "mrd_target_copies")
    correct(nurse, "90")
    nurse.find("queries")
    nurse.go_to("query_words")
    nurse.type("Typed wrong. Corrected to 90.")
    nurse.save()
    nurse.until(lambda: nurse.study.review.queries()[0].state is QueryState.ANSWERED)

    sit_down(nurse, "M. Neri")
    nurse.open_newest_result()
    nurse.go_to("mrd_verify")
    nurse.keys("Space")
    nurse.until(lambda: nurse.says("Verified against the source"))
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")
    nurse.find("queries")
    nurse.go_to("query_close")
    nurse.keys("Space")
    nurse.until(lambda: nurse.study.review.queries()[0].state is QueryState.CLOSED)

    sit_down(nurse, "I. Bianchi")
    choose_visit(nurse)
    sign(nurse)
    nurse.until(lambda: "Signed" in [row[6] for row in nurse.rows("visit_table")])
    assert nurse.says("Signed by I. Bianchi (investigator)")

    sit_down(nurse, "C. Rossi")
    nurse.open_newest_result()
    correct(nurse, "91")
    choose_visit(nurse)
    assert "Signature void" in [row[6] for row in nurse.rows("visit_table")]
    assert nurse.says("VOID since 2 Oct 2026")
    assert nurse.says("BCR::ABL1 copies changed by C. Rossi.")

    sit_down(nurse, "M. Neri")
    nurse.open_newest_result()
    assert nurse.says("Changed since it was verified")
    nurse.keys("Esc")
    nurse.gone("mrd_dialog")
