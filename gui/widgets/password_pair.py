"""A new password: what makes a good one, and two lines to type it into."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFormLayout, QWidget

from gui.text import label
from gui.widgets.password_field import PasswordField
from models.domain import passwords

RULES = (
    f"{passwords.LEAST} characters or more. A few words that do not belong together are good and easy to keep in mind; "
    "spaces count. No names that people here know, no password used elsewhere."
)


class PasswordPair(QWidget):
    """The lines are named `<name>Password` and `<name>Again`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Both lines are empty."""
        super().__init__(parent)
        self.first = PasswordField(f"{name}Password", "New password")
        self.again = PasswordField(f"{name}Again", "New password again")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow(label(RULES, "small", wrap=True))
        for words, field in (("Ne&w password", self.first), ("&Again", self.again)):
            caption = label(words, "muted")
            caption.setBuddy(field)
            caption.setMinimumWidth(96)
            form.addRow(caption, field)

    @property
    def password(self) -> str:
        """What was typed first."""
        return self.first.password

    def problem(self, against: Sequence[str]) -> str:
        """The first of the sentences that stand against it, or that the lines differ; the cursor is put there.

        `against` comes from `models.domain.passwords.check` or from the study's own rules. Empty if nothing does.
        """
        if against:
            self.first.setFocus()
            return against[0]
        if passwords.normalised(self.password) != passwords.normalised(self.again.password):
            self.again.setFocus()
            self.again.line.selectAll()
            return "The two lines differ. Type the same password twice."
        return ""

    def clear(self) -> None:
        """Forget both."""
        self.first.clear()
        self.again.clear()
