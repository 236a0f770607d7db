"""Keeps what is typed into a small dialog, as forms do: a crash or the lock of the window loses nothing of it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog

from gui.widgets.editors.editor import Editor
from gui.widgets.form_draft import FormDraft
from gui.workspace import Workspace
from models.study import Right

_ABOUT = "about"  # stands among the fields, none of which is called so


class DialogDraft(QObject):
    """The draft of a dialog. What was typed comes back into its editors; it is forgotten once that is accepted."""

    def __init__(
        self,
        dialog: QDialog,
        workspace: Workspace,
        key: str,
        editors: Mapping[str, Editor],
        right: Right = Right.ENTER,
        about: str = "",
    ) -> None:
        """Made when the editors hold what they begin with; `right` is what the dialog's command needs.

        `key` has no "/": the draft is not listed as a form. It serves every dialog of its sort; `about` tells their
        questions apart, so that typing comes back to its own question only, however many others were asked meanwhile.
        """
        super().__init__(dialog)
        self._study, self._editors, self._about = workspace.study, editors, about
        self._start = {name: editor.typed() for name, editor in editors.items()}
        self._accepted = False
        self._draft = FormDraft(workspace, key, self._texts, self, right)
        for question in _questions(self._draft.found()):
            if question.get(_ABOUT, "") == about:
                for name in question.keys() & editors.keys():
                    editors[name].set_typed(question[name])
        for editor in editors.values():
            editor.edited.connect(self._typed)
        dialog.finished.connect(self._ended)

    def _texts(self) -> dict[str, str]:
        """What was typed here, beside what is kept of other questions."""
        kept = _questions(self._study.draft(self._draft.key) or {})
        questions = [question for question in kept if question.get(_ABOUT, "") != self._about]
        typed = {name: editor.typed() for name, editor in self._editors.items()}
        changed = {name: text for name, text in typed.items() if text != self._start[name]}
        if changed and not self._accepted:
            questions.append({**changed, _ABOUT: self._about})
        return {f"{place}/{name}": text for place, each in enumerate(questions) for name, text in each.items()}

    @Slot()
    def _typed(self) -> None:
        self._draft.note_change()

    @Slot(int)
    def _ended(self, result: int) -> None:
        self._accepted = result == QDialog.DialogCode.Accepted
        self._draft.keep()


def _questions(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """The parts of a draft, each with what was typed about one question: `0/note`, `0/about`, `1/note`, ..."""
    parts: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        place, _, own = name.rpartition("/")
        parts.setdefault(place, {})[own] = text
    return list(parts.values())
