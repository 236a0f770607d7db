"""The size of a dialog that says more than a line: its whole words, on magnified screens too."""

from PySide6.QtWidgets import QDialog


def fit_dialog(dialog: QDialog, width: int) -> None:
    """Give a dialog that width and the whole height of its words, as far as the screen goes.

    Left to itself, Qt takes two thirds of the screen at most, which cuts the fields of a dialog on a magnified screen.
    """
    room = dialog.screen().availableGeometry()
    layout = dialog.layout()
    assert layout is not None
    width = min(width, room.width())
    dialog.setMinimumWidth(width)
    dialog.resize(width, min(layout.totalHeightForWidth(width), room.height()))
