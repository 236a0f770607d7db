"""The queries of the whole site: whose turn it is, the next step by right, and the way to the value."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.queries.page import Page
from gui.pages.queries.presenter import Filter, about_words, passing, summary
from gui.pages.today.presenter import target_of
from gui.settings import SettingsFile
from gui.workspace import Target
from models.queries.review import StepView
from models.study import Study, Urgency, User, WorkItem
from models.study_types import QueryState, QueryView
from tests.gui.fakes import NotingHost, workspace_of
from tests.gui.showing import in_front, page_in_use
from tests.study_fixtures import SitDown, sit_down

__all__ = ["sit_down"]

COORDINATOR = User("C. Rossi", "C. Rossi", "coordinator")
MONITOR = User("M. Neri", "M. Neri", "monitor")
AT = datetime(2026, 10, 2, 9, tzinfo=UTC)


def a_query(id_: int, state: QueryState = QueryState.OPEN, age: int = 0, role: str = "coordinator") -> QueryView:
    steps: tuple[StepView, ...] = (StepView("asked", f"Question {id_}", "M. Neri", AT),)
    if state is not QueryState.OPEN:
        steps += (StepView("answered", "As on the report", "C. Rossi", AT),)
    return QueryView(
        id_, 1, "042-001", "mrd", 7, "target_copies", "MRD result, p190", "Copies", state, role, age, steps
    )


def test_what_waits_for_the_person_stands_first_and_the_oldest_of_it_before_the_rest() -> None:
    queries = [a_query(1, QueryState.ANSWERED), a_query(2, age=1), a_query(3, age=9), a_query(4, role="investigator")]
    assert [query.id for query in passing(queries, Filter(), COORDINATOR)] == [3, 2, 4, 1]
    assert next(query.id for query in passing(queries, Filter(), MONITOR)) == 1


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(), [1, 2]),
        (Filter(state=""), [1, 2, 3]),
        (Filter(state="closed"), [3]),
        (Filter(state="waiting"), [1]),
        (Filter(assigned_to="investigator"), [2]),
        (Filter("042-001 COPIES"), [1, 2]),
        (Filter("weight"), []),
        (Filter(patient=9), []),
    ],
)
def test_filters_let_through_what_fits(wanted: Filter, ids: list[int]) -> None:
    queries = [a_query(1), a_query(2, role="investigator"), a_query(3, QueryState.CLOSED)]
    assert [query.id for query in passing(queries, wanted, COORDINATOR)] == ids


def test_a_query_waits_for_the_role_it_was_put_to_and_then_for_whoever_closes() -> None:
    assert a_query(1).waits_for(COORDINATOR)
    assert not a_query(1).waits_for(MONITOR)
    assert a_query(1, QueryState.ANSWERED).waits_for(MONITOR)
    assert not a_query(1, QueryState.ANSWERED).waits_for(COORDINATOR)
    assert not a_query(1, role="investigator").waits_for(COORDINATOR)


def test_the_summary_counts_each_state() -> None:
    assert summary([a_query(1), a_query(2, QueryState.CLOSED)], COORDINATOR) == (
        "1 open · 0 answered · 1 closed · 1 waiting for you"
    )
    assert about_words(a_query(1)) == "MRD result, p190: Copies"


@pytest.fixture
def asked(sit_down: SitDown, patient: int) -> Study:
    """A query to the coordinator about the age, who has sat down again."""
    monitor = sit_down("M. Neri")
    monitor.review.ask(patient, "patient", patient, "age", "58 or 59?", "coordinator")
    return sit_down("C. Rossi")


def a_page(qtbot: QtBot, study: Study, settings: SettingsFile) -> tuple[Page, NotingHost]:
    workspace = workspace_of(study, settings)
    page = Page(workspace)
    page_in_use(qtbot, page, workspace)
    assert isinstance(workspace.host, NotingHost)
    return page, workspace.host


def test_a_filter_that_lets_nothing_through_is_taken_back_from_the_empty_table(
    qtbot: QtBot, asked: Study, desk_settings: SettingsFile
) -> None:
    page, _ = a_page(qtbot, asked, desk_settings)
    page.line.search.setText("no such query")
    assert (list(page.table.model.rows), page.table.offer.text()) == ([], "Show all queries")
    page.table.offer.click()
    assert len(page.table.model.rows) == 1


def test_the_coordinator_answers_what_is_asked(qtbot: QtBot, asked: Study, desk_settings: SettingsFile) -> None:
    page, host = a_page(qtbot, asked, desk_settings)
    assert host.badges["queries"] == (1, "due")
    assert not page.detail.answer.isEnabled()
    page.detail.words.set_typed("58, as on the identity card")
    page.detail.words.edited.emit()
    page.detail.answer.click()
    [query] = asked.review.queries()
    assert query.state is QueryState.ANSWERED
    assert query.last.words == "58, as on the identity card"
    assert host.badges["queries"] == (0, "due")
    assert page.detail.words.typed() == ""


@pytest.mark.parametrize(("answered", "state"), [(False, QueryState.OPEN), (True, QueryState.CLOSED)])
def test_the_keys_close_only_what_is_answered(
    qtbot: QtBot, asked: Study, sit_down: SitDown, desk_settings: SettingsFile, answered: bool, state: QueryState
) -> None:
    if answered:
        asked.review.answer(asked.review.queries()[0].id, "58, as on the identity card")
    monitor = sit_down("M. Neri")
    page, _ = a_page(qtbot, monitor, desk_settings)
    in_front(qtbot, page)
    page.detail.words.set_typed("On the card of the ward")
    page.detail.words.edited.emit()
    qtbot.keyClick(page.detail, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [query.state for query in monitor.review.queries()] == [state]


def test_who_may_not_close_reads_who_may(qtbot: QtBot, asked: Study, desk_settings: SettingsFile) -> None:
    page, _ = a_page(qtbot, asked, desk_settings)
    page.detail.words.set_typed("Never mind")
    page.detail.words.edited.emit()
    assert not page.detail.close_.isEnabled()
    assert "monitor" in page.detail.close_.toolTip()


def test_enter_goes_to_the_very_field(qtbot: QtBot, asked: Study, patient: int, desk_settings: SettingsFile) -> None:
    page, host = a_page(qtbot, asked, desk_settings)
    page.table.view.opened.emit(page.table.chosen())
    assert host.targets == [Target("patient", patient, "", ("patient", patient), field="age")]


def test_an_answer_that_was_not_sent_stays_as_a_draft(qtbot: QtBot, asked: Study, desk_settings: SettingsFile) -> None:
    page, _ = a_page(qtbot, asked, desk_settings)
    page.detail.words.set_typed("58, as on")
    page.hide()
    again, _ = a_page(qtbot, asked, desk_settings)
    assert again.detail.words.typed() == "58, as on"


def test_a_query_named_by_its_target_is_chosen_also_when_it_is_closed(
    qtbot: QtBot, asked: Study, sit_down: SitDown, desk_settings: SettingsFile
) -> None:
    [query] = asked.review.queries()
    sit_down("M. Neri").review.close(query.id, "Seen")
    page, _ = a_page(qtbot, sit_down("C. Rossi"), desk_settings)
    assert page.table.chosen() is None
    page.show_target(Target("queries", values={"query": query.id}))
    assert page.table.chosen().id == query.id
    assert page.detail.reopen.isVisible()


def test_a_line_of_today_leads_to_the_field_or_to_the_unsent_answer() -> None:
    line = WorkItem(1, "042-001", "?", "", "", Urgency.LATER, "mrd", 7, field="target_copies")
    assert target_of(line).field == "target_copies"
    draft = WorkItem(1, "042-001", "Query", "", "", Urgency.LATER, "query", 3)
    assert target_of(draft) == Target("queries", values={"query": 3})
