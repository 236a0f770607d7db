"""What the audit trail's events are called where a person reads them, and how their details read."""

from collections.abc import Mapping

from models.domain.capitals import upper_first
from models.domain.codelists import SIGNATURE_MEANING

EVENT_WORDS: Mapping[str, str] = {
    "study made": "Study made",
    "sign-in": "Signed in",
    "sign-in failed": "Sign-in failed",
    "sign-out": "Signed out",
    "events unreadable": "Events of a session that only read could not be read",
    "clock set back": "Clock of the computer set back",
    "clock set forward": "Clock of the computer set forward",
    "password changed": "Password changed",
    "password reset": "Password reset by an administrator",
    "password reset with the recovery key": "Password reset with the recovery key",
    "block lifted": "Block after failed sign-ins lifted",
    "role changed": "Role changed",
    "account closed": "Account closed",
    "recovery key shown": "New recovery key shown",
    "new recovery key": "New recovery key taken into use",
    "recovery key given up": "New recovery key given up",
    "keys changed": "Keys of the study changed",
    "keyring changing": "Keyring about to be changed",
    "keyring kept": "Keyring written",
    "former keyring found": "A keyring found that is not the newest",
    "signature": "Signed electronically",
    "visit summary printed": "Visit summary printed",
    "visit summary saved": "Visit summary saved as PDF",
    "cohort report printed": "Cohort report printed",
    "cohort report saved": "Cohort report saved as PDF",
    "cohort exported": "Part of the cohort exported",
    "patient list exported": "List of patients exported",
    "list exported": "List saved as a file",
    "chart exported": "Overview of a patient exported",
    "list printed": "List of the day printed",
    "list saved": "List of the day saved as PDF",
    "fallback set printed": "Fallback set printed",
    "fallback set saved": "Fallback set saved as PDF",
    "identification list printed": "Subject identification list printed",
    "identification list saved": "Subject identification list saved as PDF",
    "recovery sheet printed": "Sheet of the recovery key printed",
    "recovery sheet saved": "Sheet of the recovery key saved as PDF",
    "access list printed": "Access list printed",
    "access list saved": "Access list saved as PDF",
    "document copied": "Document copied out of the study",
    "audit trail exported": "Audit trail exported",
    "redaction": "Personal text removed from the audit trail",
    "backup made": "Backup made",
    "backup checked": "Backup checked",
    "backup failed": "Backup failed",
    "backup restored beside": "Backup restored beside the study",
    "restored beside": "This study was restored beside another one from its backup",
    "backup put back": "Backup put back in the place of the study",
    "migration": "Record brought to a newer format",
}
"""The name of an event in the trail -> the words for it, in one place. Names are for ever: files of today have them."""


def event_words(act: str) -> str:
    """An event in words; one that this version does not know says its own name."""
    return EVENT_WORDS.get(act) or upper_first(act)


DETAIL_WORDS: Mapping[str, str] = {
    "as": "format",
    "as_of": "data as of row",
    "backup": "backup",
    "backups": "backups from before",
    "by": "subgroups",
    "covers": "records covered",
    "cut": "data cut",
    "digest": "fingerprint",
    "document": "document",
    "failures": "failed in a row",
    "field": "field",
    "file": "file",
    "from": "from",
    "into": "restored as",
    "kept while reading only": "events lost",
    "kind": "kind of record",
    "last entry": "last entry before",
    "left": "ends of the trail left behind",
    "lines": "lines",
    "link": "last link",
    "made": "made",
    "meaning": "meaning",
    "missing": "documents missing",
    "pages": "pages",
    "printed_name": "name",
    "problems": "problems",
    "reading only": "reading only",
    "reason": "reason",
    "record": "record",
    "role": "role",
    "rows": "rows of the audit trail",
    "sha256": "fingerprint",
    "signature": "signature",
    "slots": "ways in",
    "title": "title",
    "to": "to",
    "until": "data until",
    "user": "user name",
    "visit": "visit",
    "what": "what",
    "why": "made",
}
"""What each detail of an event is called. Names are for ever here too."""


def detail_words(details: Mapping[str, object]) -> str:
    """The details of an event in words: "name: value; name: value". What is empty is left out."""
    told = ((DETAIL_WORDS.get(name, name), _detail(name, value)) for name, value in details.items())
    return "; ".join(f"{name}: {value}" for name, value in told if value)


def _detail(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "meaning":
        return SIGNATURE_MEANING.label(str(value))
    if name == "covers" and isinstance(value, list):
        return str(len(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "slots" and isinstance(value, dict):
        return ", ".join(user or "recovery key" for user in value)
    if isinstance(value, dict):
        # Fingerprints are for the program: rows and ways in have theirs as values, former backups as names.
        return ", ".join(map(str, value.values() if name == "backups" else value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
