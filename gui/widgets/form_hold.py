"""A form in front of a person who may only read it, or of a locked record: it says so, and nothing can be typed."""

from gui.permits import reading_words
from gui.widgets.banner import Banner
from gui.widgets.form_bar import FormBar
from gui.widgets.form_body import FormBody
from gui.workspace import Workspace
from models.study import Right


def locked_words(workspace: Workspace, patient: int, kind: str, record: int) -> str:
    """Who locked a record, when and why, as a sentence; empty where it is not locked. A record of 0 is a new one."""
    if not patient or not workspace.user.may(Right.READ_RECORD):
        return ""
    return workspace.study.locking.refusal(patient, kind, record)


def hold_form(workspace: Workspace, body: FormBody, bar: FormBar, notice: Banner, locked: str = "") -> None:
    """Turn a form into one to read, where the person may enter nothing in this study now, or the record is `locked`."""
    sentence = workspace.refusal(Right.ENTER) or locked
    if sentence:
        bar.hold_back(sentence)
        body.hold()
        notice.show_text(locked or reading_words(workspace.study), "due" if locked else "neutral")
