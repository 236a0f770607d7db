"""Keeps what is typed into a form, a moment after each keystroke, so that leaving, closing or a crash loses nothing."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot

from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.study import Right

KEEP_AFTER = 400
"""Milliseconds after the last keystroke."""

Texts = Mapping[str, str]


def draft_key(kind: str, patient: int, record: int = 0, parent: int = 0) -> str:
    """The key of a form's draft: `mrd/12/0` is a new MRD result of patient 12, `ae_grade/12/0/7` a grade of event 7."""
    key = f"{kind}/{patient}/{record}"
    return f"{key}/{parent}" if parent else key


class FormDraft(QObject):
    """The draft of one form. `texts` gives what is typed and differs from how the form began; nothing is no draft.

    A person who may enter nothing here has no drafts either.
    """

    def __init__(
        self,
        workspace: Workspace,
        key: str,
        texts: Callable[[], Texts],
        parent: QObject,
        right: Right = Right.ENTER,
    ) -> None:
        """`key` is from `draft_key`; `right` is what saving the form needs."""
        super().__init__(parent)
        self.key = key
        self._workspace = workspace
        self._texts = texts
        self._held = bool(workspace.refusal(right))
        self._kept: dict[str, str] | None = None if self._held else workspace.study.draft(key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)

    def found(self) -> Texts:
        """What an earlier form left, empty if nothing."""
        return self._kept or {}

    def found_words(self) -> str:
        """Who left the draft and when, as a sentence."""
        line = next((line for line in self._workspace.study.drafts() if line.key == self.key), None)
        when = f" by {line.actor} on {write_moment(line.saved_at, self._workspace.desk)}" if line and line.actor else ""
        return f"Typed earlier{when}, and not saved yet."

    def note_change(self) -> None:
        """Something was typed: keep it soon."""
        self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep it now, if it is not kept already."""
        self._timer.stop()
        texts = dict(self._texts())
        if self._held or texts == (self._kept or {}):
            return
        if texts:
            self._workspace.study.save_draft(self.key, texts)
            self._kept = texts
        else:
            self.drop()

    def drop(self) -> None:
        """Forget it."""
        self._timer.stop()
        if not self._held:
            self._workspace.study.drop_draft(self.key)
        self._kept = None

    def forget(self) -> None:
        """The draft went with the form's own transaction."""
        self._timer.stop()
        self._kept = None
