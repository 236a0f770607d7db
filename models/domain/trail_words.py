"""What the audit trail's events are called where a person reads them, and how their details read."""

from collections.abc import Mapping

from models.domain.codelists import SIGNATURE_MEANING

EVENT_WORDS: Mapping[str, str] = {
    "study made": "Study made",
    "sign-in": "Signed in",
    "sign-in failed": "Sign-in failed",
    "sign-out": "Signed out",
    "events unreadable": "Events of a session that only read could not be read",
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
    "cohort report printed": "Cohort report printed",
    "cohort report saved": "Cohort report saved as PDF",
    "cohort exported": "Part of the cohort exported",
    "list printed": "List of the day printed",
    "list saved": "List of the day saved as PDF",
    "fallback set printed": "Fallback set printed",
    "fallback set saved": "Fallback set saved as PDF",
    "identification list printed": "Subject identification list printed",
    "identification list saved": "Subject identification list saved as PDF",
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
    return EVENT_WORDS.get(act) or act[:1].upper() + act[1:]


_DETAIL_WORDS: Mapping[str, str] = {
    "as": "format",
    "as_of": "data as of row",
    "by": "subgroups",
    "covers": "records covered",
    "cut": "data cut",
    "digest": "fingerprint",
    "failures": "failed in a row",
    "last entry": "last entry before",
    "left": "ends of the trail left behind",
    "link": "last link",
    "missing": "documents missing",
    "printed_name": "name",
    "sha256": "fingerprint",
    "until": "data until",
}
"""What a detail is called, where its name in the file does not say it."""


def detail_words(details: Mapping[str, object]) -> str:
    """The details of an event in words: "name: value; name: value". What is empty is left out."""
    told = ((_DETAIL_WORDS.get(name, name), _detail(name, value)) for name, value in details.items())
    return "; ".join(f"{name}: {value}" for name, value in told if value)


def _detail(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "meaning":
        return SIGNATURE_MEANING.label(str(value))
    if name == "covers" and isinstance(value, list):
        return str(len(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
