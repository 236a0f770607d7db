"""One read-only table model for rows of any kind: a list of objects and a list of columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.text import plain_tip
from gui.widgets.review_sign import Sign

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The meaning of a cell: a name of `palette.MEANINGS`, or "" for none."""
POINTS_ROLE = Qt.ItemDataRole.UserRole + 2
"""What a small curve in a cell is drawn from."""

SignsOf = Callable[[Any, str], Sequence[Sign]]
"""The signs of a value: (row, name of the field, "" for the row as a whole) -> signs."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its heading, the text of a row, and how it behaves.

    `sort` gives what a row is ordered by (the text, if none is given); `right` aligns numbers; `tip` is the tip of a
    cell (its text, if none); `tone` a name of `palette.MEANINGS`; `points` what a small curve is drawn from. `stretch`
    columns share the room that is left, and give way where there is none. Where there is far too little, columns with a
    `spare` number are left out, the highest number first. `field` names the field of the record that the column shows,
    for its history.
    """

    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    right: bool = False
    tip: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    points: Callable[[R], Any] | None = None
    stretch: int = 0
    spare: int = 0
    field: str = ""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows in the order given, or sorted by a column. Sorting is stable and keeps what is chosen in the view."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        """No rows yet."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._signs_of: SignsOf | None = None

    @property
    def rows(self) -> Sequence[R]:
        """The rows as they are shown."""
        return self._rows

    def set_signs(self, signs_of: SignsOf | None) -> None:
        """Say from now on what stands beside the values."""
        self._signs_of = signs_of

    @property
    def signed(self) -> bool:
        """Whether anything may stand beside the values."""
        return self._signs_of is not None

    def signs(self, index: Index) -> Sequence[Sign]:
        """The signs of a cell; those of the row as a whole stand in its first cell."""
        row = self.row(index.row())
        if self._signs_of is None or row is None:
            return ()
        field = self.columns[index.column()].field
        own = tuple(self._signs_of(row, field)) if field else ()
        return own if index.column() else (*self._signs_of(row, ""), *own)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the order of the column that was sorted by last."""
        self.beginResetModel()
        self._rows = list(rows)
        self._order()
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """The row shown at that place."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of rows; none below a cell."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The number of columns; none below a cell."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """What the view asks for; roles that mean nothing here are answered at once."""
        read = _ROLES.get(role)
        if read is None or not index.isValid():
            return None
        said = read(self.columns[index.column()], self._rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            signs = self.signs(index) if self._signs_of is not None else ()
            return plain_tip("\n".join(filter(None, (said, *(sign.words for sign in signs)))))
        return said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The headings, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section], None)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; column -1 leaves them as they are."""
        if not 0 <= column < len(self.columns):
            self._sorted = None
            return
        self._sorted = (column, order)
        self.layoutAboutToBeChanged.emit()
        chosen = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._order()
        places = {id(row): number for number, row in enumerate(self._rows)} if chosen else {}
        for index, row in chosen:
            self.changePersistentIndex(index, self.index(places[id(row)], index.column()))
        self.layoutChanged.emit()

    def _order(self) -> None:
        if self._sorted is None:
            return
        column, order = self._sorted
        key = self.columns[column].sort or _folded(self.columns[column])
        self._rows.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)


def _folded(column: Column[R]) -> Callable[[R], str]:
    def key(row: R) -> str:
        return column.text(row).casefold()

    return key


def _text(column: Column[Any], row: object) -> str:
    return column.text(row)


def _tip(column: Column[Any], row: object) -> str:
    return column.tip(row) if column.tip else column.text(row)


def _alignment(column: Column[Any], row: object) -> Qt.AlignmentFlag:
    return _RIGHT if column.right else _LEFT


def _tone(column: Column[Any], row: object) -> str:
    return column.tone(row) if column.tone else ""


def _points(column: Column[Any], row: object) -> Any:  # noqa: ANN401 - whatever the delegate draws
    return column.points(row) if column.points else None


_ROLES: dict[int, Callable[[Column[Any], object], Any]] = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.TextAlignmentRole: _alignment,
    TONE_ROLE: _tone,
    POINTS_ROLE: _points,
}
