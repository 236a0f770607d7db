"""Keeps what is typed into a form, a moment after each keystroke, so that leaving, closing or a crash loses nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from gui.workspace import Workspace
from models.domain.capitals import within_sentence
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


class _Change(NamedTuple):
    """Something that became different in what is stored: when, by whom, and what, as it stands inside a sentence."""

    at: datetime
    actor: str
    what: str


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
        self._done = False
        self._kept: dict[str, str] | None = None if self._held else workspace.study.draft(key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)

    def found(self) -> Texts:
        """What an earlier form left, empty if nothing."""
        return self._kept or {}

    def found_words(self, stored: Sequence[Record] = ()) -> str:
        """Who left the draft and when; and who changed what is stored since then, so that it is compared first.

        `stored` is the record that the form is about, then what belongs to it (the replicates of an MRD result).
        """
        line = next((line for line in self._workspace.study.drafts() if line.key == self.key), None)
        if line is None or not line.actor:
            return "Typed earlier, and not saved yet."
        desk = self._workspace.desk
        words = f"Typed earlier by {line.actor} on {write_moment(line.saved_at, desk)}, and not saved yet."
        since = [change for change in self._changes_of(stored) if change.at > line.saved_at]
        if not since:
            return words
        last = max(since, key=lambda change: change.at)
        what = ", ".join(dict.fromkeys(change.what for change in since))
        return (
            f"{words} Meanwhile {last.actor} changed this record ({what}) on {write_moment(last.at, desk)}: compare "
            "with its history before you save."
        )

    def _changes_of(self, stored: Sequence[Record]) -> Iterator[_Change]:
        """What was corrected in a record; of what belongs to it also that it was added or withdrawn."""
        study = self._workspace.study
        gone = (
            each.record
            for top in stored[:1]
            for kind in KINDS.values()
            if kind.parent == top.kind.name
            for each in study.withdrawn(top.patient, kind.name)
            if each.record.parent == top.id
        )
        for record in (*stored, *gone):
            belongs = record.kind.parent == stored[0].kind.name
            of_which = f"{within_sentence(record.kind.title)}: " if belongs else ""
            if belongs and record.entered_at:
                yield _Change(record.entered_at, record.entered_by, f"{of_which}added")
            for change in study.corrections(record.kind.name, record.id):
                yield _Change(change.at, change.actor, f"{of_which}{within_sentence(change.label)}")

    def unsaved(self) -> bool:
        """Whether anything is typed that is not saved."""
        return not self._done and bool(self._texts())

    def note_change(self) -> None:
        """Something was typed: keep it soon."""
        self._timer.start()

    @Slot()
    def keep(self) -> None:
        """Keep it now, if it is not kept already."""
        self._timer.stop()
        texts = dict(self._texts())
        if self._held or self._done or texts == (self._kept or {}):
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

    def leave(self) -> None:
        """The form is left unsaved: keep the typing now, and say so."""
        if self.unsaved():
            self._workspace.say("Not saved. What you typed is kept as a draft")
        self.keep()

    def forget(self) -> None:
        """The form is done, and its draft went with its own transaction: what still stands in it is no draft."""
        self._timer.stop()
        self._kept = None
        self._done = True
