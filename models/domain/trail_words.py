"""What the audit trail's events are called where a person reads them."""

from collections.abc import Mapping

EVENT_WORDS: Mapping[str, str] = {
    "study made": "Study made",
    "sign-in": "Signed in",
    "sign-in failed": "Sign-in failed",
    "sign-out": "Signed out",
    "clock set back": "Clock of the computer set back",
    "password changed": "Password changed",
    "password reset": "Password reset by an administrator",
    "password reset with the recovery key": "Password reset with the recovery key",
    "block lifted": "Block after failed sign-ins lifted",
    "role changed": "Role changed",
    "account closed": "Account closed",
    "new recovery key": "New recovery key made",
    "keys changed": "Keys of the study changed",
    "signature": "Signed electronically",
    "visit summary printed": "Visit summary printed",
    "visit summary saved": "Visit summary saved as PDF",
    "cohort report saved": "Cohort report saved as PDF",
    "list printed": "List of the day printed",
    "list saved": "List of the day saved as PDF",
    "audit trail exported": "Audit trail exported",
    "redaction": "Personal text removed from the audit trail",
    "backup made": "Backup made",
    "backup checked": "Backup checked",
    "backup failed": "Backup failed",
    "backup restored beside": "Backup restored beside the study",
    "study restored": "Study restored from a backup",
    "migration": "Record brought to a newer format",
}
"""The name of an event in the trail -> the words for it, in one place. Names are for ever: files of today have them."""


def event_words(act: str) -> str:
    """An event in words; one that this version does not know says its own name."""
    return EVENT_WORDS.get(act) or act[:1].upper() + act[1:]
