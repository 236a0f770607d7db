"""Treatment as it really ran: phases, doses, lumbar punctures, transplant, other medication."""

from models.domain import codelists as lists
from models.domain.fields import choice, choices, date, note, quantity, reference, text, yes_no
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.kind import Record, record_kind

DOSE_UNITS = ("mg", "mg/day", "mg/m²", "mg/m²/day", "mg/kg", "mg/kg/day", "g/m²", "µg/day", "µg/m²/day", "IU", "IU/m²")
"""What a study drug can be dosed in."""


@record_kind("phase", "Phase or cycle", sdtm="SE")
class PhaseRun(Record):
    """A phase or cycle as it began and ended. Every later window hangs on these dates."""

    phase: str = choice("Phase", lists.PHASE, required=True)
    began: PartialDate = date("Began", sdtm="SESTDTC", required=True)
    ended: PartialDate | None = date("Ended", sdtm="SEENDTC")
    end_reason: str | None = choice("How it ended", lists.PHASE_END)
    comment: str | None = note("Comment")


@record_kind("exposure", "Dose", sdtm="EX")
class Exposure(Record):
    """One drug at one dose over a span of days. A dose of 0 is an interruption, with its reason."""

    drug: str = choice("Drug", lists.DRUG, sdtm="EXTRT", required=True)
    dose: Quantity | None = quantity("Dose", *DOSE_UNITS, sdtm="EXDOSE", help="0 while interrupted")
    began: PartialDate = date("From", sdtm="EXSTDTC", required=True)
    ended: PartialDate | None = date("To (last day)", sdtm="EXENDTC", help="Empty while it goes on")
    reason: str | None = choice("Reason for this dose", lists.DOSE_REASON, sdtm="EXADJ")
    comment: str | None = text("Comment")


@record_kind("lumbar_puncture", "Lumbar puncture", sdtm="PR")
class LumbarPuncture(Record):
    """A lumbar puncture with what was given and what was seen."""

    done: PartialDate = date("Done on", sdtm="PRSTDTC", required=True)
    visit: str | None = choice("Visit", lists.VISIT)
    drugs: tuple[str, ...] | None = choices("Given", lists.INTRATHECAL)
    cytology: str | None = choice("CSF cytology", lists.CYTOLOGY)
    cells: Quantity | None = quantity("CSF white cells", "/µL")
    comment: str | None = text("Comment")


@record_kind("transplant", "Transplant", sdtm="PR")
class Transplant(Record):
    """An allogeneic stem-cell transplant; day 0 is the day of infusion."""

    done: PartialDate = date("Day 0", sdtm="PRSTDTC", required=True)
    donor: str | None = choice("Donor", lists.DONOR)
    conditioning: str | None = choice("Conditioning", lists.CONDITIONING)
    remission: str | None = choice("Remission at transplant", lists.REMISSION)
    engrafted: PartialDate | None = date("Neutrophils recovered on")
    comment: str | None = note("Comment")


@record_kind("medication", "Other medication", sdtm="CM")
class Medication(Record):
    """A medicine that is not study treatment."""

    name: str = text("Medicine", sdtm="CMTRT", required=True)
    indication: str | None = text("For", sdtm="CMINDC")
    dose: Quantity | None = quantity("Dose", "mg", "g", "µg", "mL", "IU", "mg/kg", sdtm="CMDOSE")
    frequency: str | None = text("How often", sdtm="CMDOSFRQ")
    route: str | None = text("Route", sdtm="CMROUTE")
    began: PartialDate | None = date("From", sdtm="CMSTDTC")
    ended: PartialDate | None = date("To", sdtm="CMENDTC")
    ongoing: bool | None = yes_no("Ongoing", sdtm="CMENRTPT")
    prophylaxis: bool | None = yes_no("Prophylaxis")
    adverse_event: int | None = reference("Adverse event it treats", "adverse_event")
