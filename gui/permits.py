"""What the person who has signed in may do in this study now, and the sentence where not."""

from models.domain.errors import TrialError
from models.domain.rights import WITHOUT_ENTRIES
from models.study import Right, Study

_READING = frozenset({Right.READ_RECORD, Right.READ_IDENTITY, Right.PRINT})
_WHILE_FROZEN = _READING | WITHOUT_ENTRIES | {Right.LOCK}


def refusal(study: Study, right: Right) -> str:
    """Why it may not be done: the role has not that right, or the study takes no entries. Empty where it may."""
    try:
        study.user.require(right)
    except TrialError as refused:
        return str(refused)
    if study.read_only and right not in (_WHILE_FROZEN if study.locking.frozen else _READING):
        return closed_words(study)
    return ""


def reading_words(study: Study) -> str:
    """What a form says to a person who may only read it; empty for one who may enter data."""
    if study.user.role == "monitor":
        return "You are signed in as monitor: you read, ask and verify. Nothing can be entered or corrected."
    return refusal(study, Right.ENTER)


def closed_words(study: Study) -> str:
    """Why the study takes no entries from anybody; empty where it does."""
    if not study.read_only:
        return ""
    if study.locking.frozen:
        return "The study is frozen: it can be read and printed, and nothing can be entered or corrected."
    return "The study is open for reading only: nothing can be entered or corrected. Close it to open it for writing."
