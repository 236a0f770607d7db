"""The types that the topics of a study take and give, for window and command line to name: see `models.study`."""

from models.persistence.backup_manifest import Backup, Why
from models.persistence.layout import STUDY_SUFFIX
from models.persistence.verify import Head, Verification, refuse_unless_whole
from models.queries.accounts import AccountLine
from models.queries.locks import LockView
from models.queries.regrading import Regraded
from models.queries.review import QueryState, QueryView
from models.queries.signatures import SignatureView, void_words
from models.queries.trail import TrailFilter, TrailLine
from models.queries.verification import Mark, Share, VerificationView
from models.services.account_keys import words_of
from models.services.backups import Made
from models.services.documents import DocumentView
from models.services.recovery import recover
from models.services.rescue import Rescue, has_backups
from models.services.restoring import Restore

__all__ = [
    "STUDY_SUFFIX",
    "AccountLine",
    "Backup",
    "DocumentView",
    "Head",
    "LockView",
    "Made",
    "Mark",
    "QueryState",
    "QueryView",
    "Regraded",
    "Rescue",
    "Restore",
    "Share",
    "SignatureView",
    "TrailFilter",
    "TrailLine",
    "Verification",
    "VerificationView",
    "Why",
    "has_backups",
    "recover",
    "refuse_unless_whole",
    "void_words",
    "words_of",
]
