"""What stands about the data: questions, source verification, signatures, locks, documents and data cuts."""

from models.domain.codelists import LOCK_ACT, MEDIA_TYPE, QUERY_STEP, ROLE, SIGNATURE_MEANING
from models.domain.fields import choice, date, integer, note, reference, text, yes_no
from models.domain.partial_dates import PartialDate
from models.records.kind import Record, record_kind

# `as_of` is a position in the audit trail. What is said about data holds until the trail has a later change of them.


@record_kind("query", "Query", review=True)
class Query(Record):
    """A question about a field of a record. What became of it is in its steps."""

    about_kind: str = text("Record kind", required=True)
    about_id: int = integer("Record", required=True)
    about_field: str | None = text("Field")
    assigned_to: str = choice("For", ROLE, required=True)


@record_kind("query_step", "Step of a query", parent="query", review=True)
class QueryStep(Record):
    """What somebody did with a query: asked, answered, closed it, or opened it again."""

    act: str = choice("Step", QUERY_STEP, required=True)
    words: str | None = note("Words")


@record_kind("verification", "Source verification", review=True)
class Verification(Record):
    """That a monitor compared a record, or one field of it, with the source."""

    about_kind: str = text("Record kind", required=True)
    about_id: int = integer("Record", required=True)
    about_field: str | None = text("Field")
    as_of: int = integer("Audit position", required=True)


@record_kind("signature", "Signature", review=True)
class Signature(Record):
    """An electronic signature (21 CFR 11.50, 11.70): who, in which role, meaning what, over what.

    It stands under a visit or, without one, under the whole record of the patient.
    """

    visit: int | None = reference("Visit", "visit")
    printed_name: str = text("Signed by", required=True)
    role: str = choice("Role", ROLE, required=True)
    meaning: str = choice("Meaning", SIGNATURE_MEANING, required=True)
    digest: str = text("Fingerprint of the data", required=True, help="SHA-256 over everything that was signed")
    as_of: int = integer("Audit position", required=True)


@record_kind("record_lock", "Lock", review=True)
class RecordLock(Record):
    """That a visit, or without a visit the whole patient, was locked or unlocked; the latest one holds."""

    visit: int | None = reference("Visit", "visit")
    act: str = choice("Act", LOCK_ACT, required=True)
    why: str | None = note("Reason")


@record_kind("document", "Document", review=True)
class Document(Record):
    """A paper of the patient's file, kept encrypted beside the database; `secret` is the key of this one file.

    Unless `shows_identity` is no, nobody opens the file without the right to the patients' identities; where it is yes,
    `secret` is sealed with the identity key. It is empty for papers that were added before this was asked.
    """

    title: str = text("Title", required=True)
    dated: PartialDate | None = date("Dated")
    shows_identity: bool | None = yes_no(
        "Shows who the patient is", help="Name, date of birth, address or hospital number stand on one of its pages"
    )
    about_kind: str | None = text("Record kind")
    about_id: int | None = integer("Record")
    file_name: str | None = text("Name of the file it came from", required=True, identifying=True)
    media_type: str = choice("Kind of file", MEDIA_TYPE, required=True)
    size: int = integer("Size in bytes", required=True)
    sha256: str = text("Fingerprint", required=True)
    stored_as: str = text("Stored as", required=True)
    secret: str = text("Key", required=True)


@record_kind("data_cut", "Data cut", of_study=True, review=True)
class DataCut(Record):
    """A named state of the whole study, frozen as a position in the audit trail."""

    name: str = text("Name", required=True)
    cut_off: PartialDate = date("Cut-off", required=True, help="What happened later is left out")
    as_of: int = integer("Audit position", required=True)
    comment: str | None = note("Comment")
