"""The types that the topics of a study take and give, for window and command line to name: see `models.study`."""

from models.persistence.backup_manifest import Backup, Why
from models.persistence.layout import STUDY_SUFFIX
from models.persistence.restore import Loss
from models.persistence.verify import Head, Verification, refuse_unless_whole
from models.queries.accounts import AccountLine, Tenure
from models.queries.locks import Freeze, LockView
from models.queries.review import QueryState, QueryView, StepView
from models.queries.signatures import SignatureView, signature_line, void_words
from models.queries.trail import TrailFilter, TrailLine
from models.queries.verification import Mark, Share, VerificationView
from models.services.backups import Made, Restore
from models.services.documents import DocumentView
from models.services.recovery import recover
from models.services.rescue import Rescue, has_backups

__all__ = [
    "STUDY_SUFFIX",
    "AccountLine",
    "Backup",
    "DocumentView",
    "Freeze",
    "Head",
    "LockView",
    "Loss",
    "Made",
    "Mark",
    "QueryState",
    "QueryView",
    "Rescue",
    "Restore",
    "Share",
    "SignatureView",
    "StepView",
    "Tenure",
    "TrailFilter",
    "TrailLine",
    "Verification",
    "VerificationView",
    "Why",
    "has_backups",
    "recover",
    "refuse_unless_whole",
    "signature_line",
    "void_words",
]
