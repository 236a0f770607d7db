"""Keeps what is typed into a form, a moment after each keystroke, so that leaving, closing or a crash loses nothing."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.records import KINDS, Record
from models.study import Right

KEEP_AFTER = 400
"""Milliseconds after the last keystroke."""

Texts = Mapping[str, str]


def draft_key(kind: str, patient: int, record: int = 0, parent: int = 0) -> str:
    """The key of a form's draft: `mrd/12/0` is a new MRD result of patient 12, `ae_grade/12/0/7` a grade of event 7."""
    key = f"{kind}/{patient}/{record}"
    return f"{key}/{parent}" if parent else key


def is_about(key: str, patient: int, kind: str, record: int) -> bool:
    """Whether a draft is of the form of a record, of what belongs to it, or of a question about it."""
    of, *rest = key.split("/")
    if of == "ask":
        return rest[:3] == [str(patient), kind, str(record)]
    if rest[:2] == [str(patient), str(record)]:
        return of == kind
    return len(rest) == 3 and rest[::2] == [str(patient), str(record)] and of in KINDS and KINDS[of].parent == kind


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

    def found_words(self, stored: Sequence[Record] = ()) -> str:
        """Who left the draft and when; and who changed what is stored since then, so that it is compared first."""
        line = next((line for line in self._workspace.study.drafts() if line.key == self.key), None)
        if line is None or not line.actor:
            return "Typed earlier, and not saved yet."
        desk = self._workspace.desk
        words = f"Typed earlier by {line.actor} on {write_moment(line.saved_at, desk)}, and not saved yet."
        since = [
            change
            for record in stored
            for change in self._workspace.study.corrections(record.kind.name, record.id)
            if change.at > line.saved_at
        ]
        if not since:
            return words
        last = max(since, key=lambda change: change.at)
        what = ", ".join(dict.fromkeys(change.label.lower() for change in since))
        return (
            f"{words} Meanwhile {last.actor} changed this record ({what}) on {write_moment(last.at, desk)}: compare "
            "with its history before you save."
        )

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
