"""Queries, from the question to the closing."""

import pytest

from benchmarks.counting import counted
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study, Urgency
from models.study_types import QueryState, QueryView
from tests.signing_fixtures import WHY
from tests.study_fixtures import BY, SitDown, open_as


def ask(study: Study, patient: int, value: int, assigned_to: str = "coordinator", field: str = "value") -> int:
    changes = study.review.ask(patient, "lab", value, field, "Not on the report?", assigned_to)
    assert changes.kinds == {"query", "query_step"}
    return dict(changes.records)["query"]


def only(study: Study) -> QueryView:
    [query] = study.review.queries()
    return query


def test_a_query_names_record_and_field_and_who_asked_when(
    monitor: Study, patient: int, value: int, clock: FixedClock
) -> None:
    ask(monitor, patient, value)
    query = only(monitor)
    assert (query.patient, query.patient_label) == (patient, "042-001")
    assert (query.kind, query.record, query.field) == ("lab", value, "value")
    assert (query.record_words, query.field_words) == ("Laboratory value, Haemoglobin, 3 Apr 2026", "Value")
    assert (query.state, query.assigned_words, query.age_days) == (QueryState.OPEN, "Coordinator", 0)
    assert (query.asked.words, query.asked.by, query.asked.at) == ("Not on the report?", "M. Neri", clock.now())
    assert query.asked.act_words == "Asked"


def test_a_query_may_be_about_a_whole_record(monitor: Study, patient: int, value: int) -> None:
    ask(monitor, patient, value, field="")
    assert (only(monitor).field, only(monitor).field_words) == ("", "")


def test_a_query_goes_from_open_to_answered_to_closed_and_back(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    query = ask(monitor, patient, value)
    coordinator = sit_down("C. Rossi")
    coordinator.review.answer(query, "It is on page 2.")
    assert only(coordinator).state is QueryState.ANSWERED
    monitor = sit_down("M. Neri")
    monitor.review.reopen(query, "Page 2 is of another day.")
    assert only(monitor).state is QueryState.OPEN
    sit_down("I. Bianchi").review.answer(query, "Corrected.")
    monitor = sit_down("M. Neri")
    monitor.review.close(query)
    closed = only(monitor)
    assert closed.state is QueryState.CLOSED
    assert [(step.act, step.by) for step in closed.steps] == [
        ("asked", "M. Neri"),
        ("answered", "C. Rossi"),
        ("reopened", "M. Neri"),
        ("answered", "I. Bianchi"),
        ("closed", "M. Neri"),
    ]
    assert (closed.last.words, closed.steps[3].words) == ("", "Corrected.")
    monitor.review.reopen(query, "Seen again.")
    assert only(monitor).state is QueryState.OPEN


def test_a_step_that_does_not_follow_is_refused(monitor: Study, sit_down: SitDown, patient: int, value: int) -> None:
    query = ask(monitor, patient, value)
    with pytest.raises(TrialError, match="open already"):
        monitor.review.reopen(query, "Why?")
    monitor.review.close(query, "Asked by mistake.")
    with pytest.raises(TrialError, match="closed already"):
        monitor.review.close(query, "Again")
    with pytest.raises(TrialError, match="closed already"):
        sit_down("C. Rossi").review.answer(query, "Too late")


def test_a_query_without_an_answer_is_closed_with_a_reason_only(monitor: Study, patient: int, value: int) -> None:
    query = ask(monitor, patient, value)
    with pytest.raises(TrialError, match="without an answer"):
        monitor.review.close(query, " ")
    monitor.review.close(query, "Asked by mistake.")
    assert only(monitor).last.words == "Asked by mistake."


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_questions_and_answers_need_words(
    monitor: Study, sit_down: SitDown, patient: int, value: int, words: str
) -> None:
    query = ask(monitor, patient, value)
    with pytest.raises(TrialError, match="needs words"):
        monitor.review.ask(patient, "lab", value, "", words, "coordinator")
    with pytest.raises(TrialError, match="needs words"):
        sit_down("C. Rossi").review.answer(query, words)
    with pytest.raises(TrialError, match="still asked"):
        sit_down("M. Neri").review.reopen(query, words)


@pytest.mark.parametrize("role", ["monitor", "administrator", "", "nurse"])
def test_a_query_is_asked_of_a_role_that_can_answer(monitor: Study, patient: int, value: int, role: str) -> None:
    with pytest.raises(TrialError, match="cannot be answered by this role"):
        ask(monitor, patient, value, role)


def test_a_query_is_about_a_standing_record_of_this_patient_and_a_field_of_it(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    for kind, record, field, words in (
        ("lab", 999, "", "not in this patient"),
        ("lab", value, "grade", "no field"),
        ("query", 1, "", "record of this kind"),
        ("nothing", 1, "", "record of this kind"),
    ):
        with pytest.raises(TrialError, match=words):
            monitor.review.ask(patient, kind, record, field, "Why?", "coordinator")
    with pytest.raises(TrialError, match="not in this patient"):
        monitor.review.ask(patient + 1, "lab", value, "", "Why?", "coordinator")
    sit_down("C. Rossi").void(patient, "lab", value, WHY)
    with pytest.raises(TrialError, match="was withdrawn: Typing error"):
        ask(sit_down("M. Neri"), patient, value)
    assert sit_down("M. Neri").review.queries() == ()


def test_an_unknown_query_is_said_to_be_gone(monitor: Study) -> None:
    with pytest.raises(TrialError, match="not in the study any more"):
        monitor.review.close(99, "Mistake")


def test_the_age_of_a_query_ends_with_its_closing(monitor: Study, patient: int, value: int) -> None:
    query = ask(monitor, patient, value)
    monitor.close()
    with open_as(monitor.path, FixedClock.at(2026, 10, 12), "M. Neri") as later:
        assert only(later).age_days == 10
        later.review.close(query, "Asked by mistake.")
    with open_as(monitor.path, FixedClock.at(2026, 11, 12), "M. Neri") as much_later:
        assert only(much_later).age_days == 10


def test_the_record_of_a_query_may_be_withdrawn_and_the_query_still_names_it(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    ask(monitor, patient, value)
    study = sit_down("C. Rossi")
    study.void(patient, "lab", value, WHY)
    assert only(study).record_words == "Laboratory value, Haemoglobin, 3 Apr 2026"


def test_queries_are_listed_by_patient_and_by_what_is_not_closed(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    values = {"screening_number": "S9", "screened": PartialDate(2026, 1, 2), "sex": "M"}
    other = sit_down("C. Rossi").screen([Edit("patient", values)], BY).patient
    assert other
    study = sit_down("M. Neri")
    first, second = ask(study, patient, value), ask(study, patient, value)
    third = dict(study.review.ask(other, "patient", other, "sex", "Sure?", "coordinator").records)["query"]
    study.review.close(second, "Asked by mistake.")

    def ids(patient: int | None = None, *, unclosed: bool = False) -> list[int]:
        return [query.id for query in study.review.queries(patient, unclosed=unclosed)]

    assert ids() == [first, second, third]
    assert ids(patient) == [first, second]
    assert ids(patient, unclosed=True) == [first]
    assert ids(unclosed=True) == [first, third]
    assert study.review.queries(other)[0].patient_label == "S9"


def test_the_queries_of_the_site_take_the_same_number_of_statements_however_many_there_are(
    monitor: Study, patient: int, value: int
) -> None:
    ask(monitor, patient, value)
    with counted() as few:
        monitor.review.queries()
    for _ in range(9):
        monitor.review.close(ask(monitor, patient, value), "Mistake")
    with counted() as many:
        assert len(monitor.review.queries()) == 10
    assert len(many) == len(few) > 0


def test_the_worklist_has_what_waits_for_the_persons_role(
    monitor: Study, sit_down: SitDown, patient: int, value: int
) -> None:
    query = ask(monitor, patient, value)

    def waiting(login: str) -> list[str]:
        return [item.text for item in sit_down(login).worklist().section("queries").items]

    assert waiting("C. Rossi") == ["Not on the report?"]
    assert waiting("I. Bianchi") == waiting("M. Neri") == []
    sit_down("C. Rossi").review.answer(query, "It is on page 2.")
    assert waiting("C. Rossi") == []
    assert waiting("M. Neri") == ["It is on page 2."]


def test_a_line_of_the_worklist_leads_to_the_value_and_gets_late_after_a_week(
    monitor: Study, patient: int, value: int
) -> None:
    ask(monitor, patient, value)
    monitor.close()
    for day, badge, urgency in ((9, "7 days", Urgency.LATER), (10, "8 days", Urgency.SOON)):
        with open_as(monitor.path, FixedClock.at(2026, 10, day), "C. Rossi") as study:
            [item] = study.worklist().section("queries").items
            assert (item.badge, item.urgency) == (badge, urgency)
            assert (item.patient, item.label) == (patient, "042-001")
            assert (item.kind, item.record_id) == ("lab", value)
            assert item.detail == "Laboratory value, Haemoglobin, 3 Apr 2026: Value"


def test_a_worklist_brought_up_to_date_shows_a_query_once(monitor: Study, patient: int, value: int) -> None:
    monitor.close()
    with open_as(monitor.path, FixedClock.at(2026, 10, 2), "C. Rossi") as study:
        reader = study.worklist_reader()
        list(reader.steps())
        ask(study, patient, value)
        for _ in range(2):
            reader.read_again([patient], study.clock.now())
            assert len(reader.worklist().section("queries").items) == 1


@pytest.mark.parametrize("login", ["A. Verdi", "C. Rossi", "I. Bianchi"])
def test_only_a_monitor_closes(monitor: Study, sit_down: SitDown, patient: int, value: int, login: str) -> None:
    query = ask(monitor, patient, value)
    review = sit_down(login).review
    with pytest.raises(TrialError, match="may not close questions"):
        review.close(query, "Because")
    with pytest.raises(TrialError, match="may not close questions"):
        review.reopen(query, "Because")


def test_a_monitor_answers_nothing(monitor: Study, patient: int, value: int) -> None:
    query = ask(monitor, patient, value)
    with pytest.raises(TrialError, match="may not answer questions"):
        monitor.review.answer(query, "It is on page 2.")
