"""Grids of fields below each other have one column of labels."""

from pytestqt.qtbot import QtBot

from gui.widgets.field_grid import FieldGrid
from gui.widgets.form_fields import FormFields
from gui.workspace import Workspace
from models.records import KINDS


def grid_of(workspace: Workspace, kind: str, *names: str) -> FieldGrid:
    fields = FormFields(workspace, KINDS[kind], 0, names, {}, {}, workspace.notifier)
    return FieldGrid(tuple(fields.rows.values()), 2)


def test_grids_that_share_their_labels_give_them_one_width(qtbot: QtBot, workspace: Workspace) -> None:
    upper = grid_of(workspace, "consent", "version", "signed")
    lower = grid_of(workspace, "patient", "screening_number", "age")
    for grid in (upper, lower):
        qtbot.addWidget(grid)
        grid.share_labels((upper, lower))
        grid.resize(900, 120)
        grid.show()
    widths = {row.label.width() for grid in (upper, lower) for row in grid._rows}  # noqa: SLF001 - what is looked at
    assert len(widths) == 1
