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

        `key` has no "/": the draft is not listed as a form. It serves every dialog of its sort, of which one is open at
        a time; `about` tells them apart, so that typing comes back to its own question only.
        """
        super().__init__(dialog)
        self._editors, self._about = editors, about
        self._start = {name: editor.typed() for name, editor in editors.items()}
        self._draft = FormDraft(workspace, key, self._texts, self, right)
        self._of_another: dict[str, str] = {}
        found = self._draft.found()
        if found.get(_ABOUT, "") == about:
            for name in found.keys() & editors.keys():
                editors[name].set_typed(found[name])
        else:
            self._of_another = dict(found)
        for editor in editors.values():
            editor.edited.connect(self._typed)
        dialog.finished.connect(self._ended)

    def _texts(self) -> dict[str, str]:
        typed = {name: editor.typed() for name, editor in self._editors.items()}
        changed = {name: text for name, text in typed.items() if text != self._start[name]}
        if not changed:
            return self._of_another  # stays for its own question until something is typed here
        return {**changed, _ABOUT: self._about} if self._about else changed

    @Slot()
    def _typed(self) -> None:
        self._draft.note_change()

    @Slot(int)
    def _ended(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._draft.drop()
        else:
            self._draft.keep()
