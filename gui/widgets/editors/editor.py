"""What every editor of a field can do, whatever its looks."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from gui.text import named
from gui.widgets.editors.cover import Cover


class Editor(QWidget):
    """A widget in which one value of the record is entered.

    `edited` follows every keystroke or click of the person. `entered` and `settled` follow the keyboard focus as it
    comes and goes; `settled` is the moment to say what is wrong with the typing.
    """

    edited = Signal()
    entered = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is entered yet."""
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._cover: Cover | None = None

    def value(self) -> object:
        """The value as the record keeps it; None while nothing is entered, or nothing that can be read."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value of the record. Does not emit `edited`."""
        raise NotImplementedError

    def typed(self) -> str:
        """What was entered, as text that `set_typed` takes back: also what cannot be read yet."""
        raise NotImplementedError

    def set_typed(self, text: str) -> None:
        """Put typing of an earlier time back. Does not emit `edited`."""
        raise NotImplementedError

    def said(self) -> str:
        """What stands in it, in the words that are shown."""
        return self.typed()

    def problem(self) -> str:
        """Why the typing cannot be read, as a sentence; empty when it can or when there is none."""
        return ""

    def finish(self) -> None:
        """Complete and write out what is typed, as on leaving the field."""

    def expect(self) -> None:
        """Say in a word that an answer is required."""

    @property
    def held(self) -> bool:
        """Whether nothing can be entered now."""
        return self._cover is not None

    def hold(self, *, held: bool = True) -> None:
        """Let nothing be entered, or let it again; the menu of the value and its keys work all the same."""
        if held == self.held or not self._parts:
            return
        for part in self._parts:
            part.setEnabled(not held)
        if self._cover is not None:
            self._cover.deleteLater()
            self._cover = None
            self.setFocusProxy(self._parts[0])
            return
        self._cover = named(Cover(self), f"{self._parts[0].objectName()}_held", self._parts[0].accessibleName())
        self._cover.setAccessibleDescription(f"{self.said()}, cannot be changed now".removeprefix(", "))
        self.setTabOrder(self._parts[-1], self._cover)
        self.setFocusProxy(self._cover)
        self._cover.show()

    def come_after(self, stop: QWidget) -> QWidget:
        """Let the Tab key come from `stop` to this editor; returns where it is when it leaves."""
        proxy, policy = self.focusProxy(), self.focusPolicy()
        self.setFocusProxy(None)  # type: ignore[arg-type] # Qt moves neither what has a proxy nor what takes no focus
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for part in (self, *self._parts, *((self._cover,) if self._cover else ())):
            self.setTabOrder(stop, part)
            stop = part
        self.setFocusPolicy(policy)
        self.setFocusProxy(proxy)  # type: ignore[arg-type] # None takes it away
        return stop

    def name_parts(self, name: str, label: str) -> None:
        """Name what can be focused: `name` for tests and style, `label` for screen readers."""
        self.setObjectName(f"{name}_editor")
        for part in self._parts:
            part.setObjectName(name)
            part.setAccessibleName(label)

    def _adopt(self, part: QWidget) -> None:
        """Take a focusable part in: the first one gets the focus meant for the editor."""
        if not self._parts:
            self.setFocusProxy(part)
        self._parts.append(part)
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus of the parts."""
        if watched in self._parts:
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            elif event.type() == QEvent.Type.FocusOut and not _to_own_popup(event):
                self.settled.emit()
        return False


def _to_own_popup(event: QEvent) -> bool:
    """Whether the focus only went to a list or menu that belongs to the part, which is no leaving."""
    return isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.PopupFocusReason
