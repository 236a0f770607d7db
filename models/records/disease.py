"""The leukaemia: baseline, copy-number lesions, history, response assessments, relapse."""

from models.domain import codelists as lists
from models.domain.fields import choice, choices, date, note, quantity, text, yes_no
from models.domain.partial_dates import PartialDate
from models.domain.plausible import span
from models.domain.quantities import Quantity
from models.records.kind import Record, record_kind


@record_kind("disease", "Disease at baseline", sdtm="MH", single=True)
class Disease(Record):
    """The leukaemia as it was found. Blood counts of that day are laboratory results of the baseline visit."""

    diagnosed: PartialDate | None = date("Diagnosed on", sdtm="MHSTDTC")
    transcript: str | None = choice("BCR::ABL1 transcript", lists.TRANSCRIPT_AT_DIAGNOSIS, sdtm="GFORRES")
    white_cells: Quantity | None = quantity(
        "White cells at diagnosis", "10^9/L", sdtm="LBORRES", plausible=span("0", "1500")
    )
    marrow_blasts: Quantity | None = quantity("Marrow blasts", "%", sdtm="LBORRES")
    blood_blasts: Quantity | None = quantity("Blood blasts", "%", sdtm="LBORRES")
    cns_status: str | None = choice("CNS status", lists.CNS_STATUS, sdtm="RSORRES")
    extramedullary: str | None = text("Disease outside the marrow")
    ecog: str | None = choice("ECOG", lists.ECOG, sdtm="RSORRES")
    karyotype: str | None = text("Karyotype", help="As reported, in ISCN notation")
    fish: str | None = text("FISH")
    immunophenotype: str | None = text("Immunophenotype")


@record_kind("lesion", "Copy-number call", sdtm="GF")
class Lesion(Record):
    """One gene's copy-number call at diagnosis. The IKZF1 class is derived from all calls, never typed."""

    gene: str = choice("Gene", lists.GENE, sdtm="GFSYM", required=True)
    call: str = choice("Call", lists.LESION_CALL, sdtm="GFORRES", required=True)
    method: str | None = choice("Method", lists.LESION_METHOD, sdtm="GFMETHOD")
    collected: PartialDate | None = date("Collected", sdtm="GFDTC")
    comment: str | None = text("Exons or comment")


@record_kind("history", "Medical history", sdtm="MH")
class History(Record):
    """An illness or operation before the study."""

    term: str = text("Condition", sdtm="MHTERM", required=True)
    category: str | None = choice("Category", lists.HISTORY_CATEGORY, sdtm="MHCAT")
    began: PartialDate | None = date("Began", sdtm="MHSTDTC")
    ended: PartialDate | None = date("Ended", sdtm="MHENDTC")
    ongoing: bool | None = yes_no("Ongoing", sdtm="MHENRTPT")
    comment: str | None = text("Comment")


@record_kind("assessment", "Response assessment", sdtm="RS")
class Assessment(Record):
    """Marrow morphology and the investigator's haematologic response."""

    assessed: PartialDate = date("Assessed on", sdtm="RSDTC", required=True)
    visit: str | None = choice("Visit", lists.VISIT)
    marrow_blasts: Quantity | None = quantity("Marrow blasts", "%", sdtm="LBORRES")
    blood_blasts: bool | None = yes_no("Blasts in the blood")
    extramedullary: bool | None = yes_no("Disease outside the marrow")
    neutrophils: Quantity | None = quantity("Neutrophils", "10^9/L", plausible=span("0", "500"))
    platelets: Quantity | None = quantity("Platelets", "10^9/L", plausible=span("0", "5000"))
    response: str | None = choice(
        "Haematologic response", lists.RESPONSE, sdtm="RSORRES", help="The investigator's judgement"
    )
    comment: str | None = note("Comment")


@record_kind("relapse", "Relapse", sdtm="RS")
class Relapse(Record):
    """A haematologic or extramedullary relapse. An isolated CNS relapse counts."""

    found: PartialDate = date("Found on", sdtm="RSDTC", required=True)
    sites: tuple[str, ...] | None = choices("Site", lists.RELAPSE_SITE, sdtm="RSLOC")
    marrow_blasts: Quantity | None = quantity("Marrow blasts", "%")
    comment: str | None = note("Comment")
