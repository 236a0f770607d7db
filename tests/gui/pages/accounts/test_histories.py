"""The history of an account and of a training, opened from the accounts page."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.accounts.page import Page
from gui.tables.table_view import Table
from gui.widgets.history import HistoryDialog
from models.domain.partial_dates import PartialDate
from tests.gui.pages.accounts.conftest import OpenPage, choose, press, study_of


def shown() -> list[tuple[str, ...]]:
    """What the history in front says of each change, besides when."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog) and w.isVisible())
    model = dialog.table.model
    return [tuple(column.text(row) for column in model.columns if column.title != "When") for row in model.rows]


def ask_in(table: Table, row: int, column: int) -> None:
    """Ask for the history of a cell, as its context menu does."""
    table.view.setCurrentIndex(table.model.index(row, column))
    action = next(each for each in table.view.actions() if each.objectName() == "value_history")
    assert isinstance(action, QAction)
    action.trigger()


@pytest.mark.parametrize("login", ["A. Verdi", "M. Neri"])
def test_every_role_that_an_account_had_is_told_to_everybody(open_page: OpenPage, login: str) -> None:
    administrator = open_page("A. Verdi")
    study_of(administrator).accounts.change_role("C. Rossi", "investigator", "Became sub-investigator")
    study_of(administrator).close()
    page = open_page(login)
    [place] = [number for number, line in enumerate(page.table.model.rows) if line.login == "C. Rossi"]
    ask_in(page.table, place, 2)
    assert shown() == [
        ("A. Verdi", "Coordinator", "Investigator", "Became sub-investigator"),
        ("A. Verdi", "", "Coordinator", "First entry"),
    ]


def test_the_button_tells_everything_that_was_changed_in_an_account(qtbot: QtBot, page: Page) -> None:
    study_of(page).accounts.rename("M. Neri", "Maria Neri", "Typing error")
    page.refresh(None)
    choose(page, "M. Neri")
    press(qtbot, page, "accounts_history")
    assert shown() == [("A. Verdi", "Printed name", "M. Neri", "Maria Neri", "Typing error")]


def test_a_cell_of_the_trainings_tells_who_entered_it(page: Page) -> None:
    study_of(page).accounts.add_training("C. Rossi", "Protocol version 4", PartialDate(2026, 1, 2))
    page.refresh(None)
    ask_in(page.training.table, 0, 1)
    assert shown() == [("A. Verdi", "", "Protocol version 4", "First entry")]
