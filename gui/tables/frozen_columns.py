"""The first columns of a table, held in view while the others are scrolled past them."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from gui.text import named


class FrozenColumns(QTableView):
    """Lies over the left edge of a table and shows its first columns again; it is there only where they would go.

    The table scrolls by pixels. These take no focus: keyboard and cursor stay with the table, whose model and selection
    they share.
    """

    def __init__(self, table: QTableView) -> None:
        """Holds nothing until `hold`."""
        super().__init__(table)
        named(self, f"{table.objectName()}Frozen", "First columns, held in view")
        self.setProperty("look", "frozen")
        self._table = table
        self._held = 0
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().rangeChanged.connect(self._place)
        table.horizontalHeader().sectionResized.connect(self._place)
        self.clicked.connect(table.clicked)
        table.viewport().installEventFilter(self)
        self.hide()

    def hold(self, columns: int) -> None:
        """Hold the columns before this one, as wide as the table has them now; the heights are set by the table."""
        self._held = columns
        for place in range(self.model().columnCount()):
            self.setColumnHidden(place, place >= columns or self._table.isColumnHidden(place))
        self._place()

    def uncover(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Scroll the table so far that a cell does not lie below the columns held."""
        if self.isVisible() and index.column() >= self._held:
            hidden = self.width() - self._table.visualRect(index).left()
            if hidden > 0:
                bar = self._table.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the height of the table."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @Slot()
    def _place(self) -> None:
        table = self._table
        width = 0
        for place in range(self._held):
            if not table.isColumnHidden(place):
                self.setColumnWidth(place, table.columnWidth(place))
                width += table.columnWidth(place)
        header = table.horizontalHeader().geometry()
        self.horizontalHeader().setFixedHeight(header.height())
        self.setGeometry(header.x(), header.y(), width, header.height() + table.viewport().height())
        self.setVisible(bool(width) and table.horizontalScrollBar().maximum() > 0)
