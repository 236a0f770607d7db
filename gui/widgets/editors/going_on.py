"""Enter in a field goes on to the next one."""

from PySide6.QtWidgets import QWidget

from gui.widgets.header import Button
from gui.widgets.why import WhyButton

_MOST = 12
"""What is passed over at most before the cursor stays where it is."""


def go_on(field: QWidget) -> None:
    """Put the cursor into the next field, or on the main button behind the last one.

    Tab stops everywhere. Enter passes over links and over buttons such as Back and Cancel: pressed once more, it would
    press them.
    """
    for _ in range(_MOST):
        field.focusNextChild()
        if not _passed_over(field.window().focusWidget()):
            return
    field.setFocus()


def _passed_over(widget: QWidget) -> bool:
    return isinstance(widget, WhyButton) or (isinstance(widget, Button) and widget.property("look") != "primary")
