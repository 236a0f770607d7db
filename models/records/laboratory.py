"""Laboratory values, the laboratories' dated reference ranges, and vital signs."""

from models.domain import codelists as lists
from models.domain.fields import choice, date, note, quantity, text
from models.domain.partial_dates import PartialDate
from models.domain.plausible import span
from models.domain.quantities import Quantity
from models.records.kind import Record, record_kind


@record_kind("lab", "Laboratory value", sdtm="LB")
class LabResult(Record):
    """One laboratory value as reported. Its grade is derived from the laboratory's range of that day."""

    test: str = choice("Test", lists.LAB_TEST, sdtm="LBTESTCD", required=True)
    collected: PartialDate = date("Collected", sdtm="LBDTC", required=True)
    value: Quantity | None = quantity("Value", sdtm="LBORRES")
    laboratory: str | None = choice("Laboratory", lists.LABORATORY, sdtm="LBNAM")
    visit: str | None = choice("Visit", lists.VISIT)
    not_done: str | None = text("Not done because", sdtm="LBREASND")
    comment: str | None = text("Comment")


@record_kind("lab_range", "Reference range", of_study=True)
class LabRange(Record):
    """A laboratory's reference range of one test, valid from a date until the next one begins."""

    laboratory: str = choice("Laboratory", lists.LABORATORY, sdtm="LBNAM", required=True)
    test: str = choice("Test", lists.LAB_TEST, sdtm="LBTESTCD", required=True)
    valid_from: PartialDate = date("Valid from", required=True)
    sex: str | None = choice("Sex", lists.SEX, help="Empty: the same for both")
    lower: Quantity | None = quantity("Lower limit", sdtm="LBORNRLO")
    upper: Quantity | None = quantity("Upper limit", sdtm="LBORNRHI")


@record_kind("vitals", "Vital signs", sdtm="VS")
class Vitals(Record):
    """Vital signs and performance status of one day."""

    measured: PartialDate = date("Measured on", sdtm="VSDTC", required=True)
    visit: str | None = choice("Visit", lists.VISIT)
    weight: Quantity | None = quantity("Weight", "kg", sdtm="VSORRES", plausible=span("20", "350"))
    height: Quantity | None = quantity("Height", "cm", sdtm="VSORRES", plausible=span("90", "250"))
    temperature: Quantity | None = quantity("Temperature", "°C", sdtm="VSORRES", plausible=span("20", "45"))
    systolic: Quantity | None = quantity("Systolic pressure", "mmHg", sdtm="VSORRES", plausible=span("30", "350"))
    diastolic: Quantity | None = quantity("Diastolic pressure", "mmHg", sdtm="VSORRES", plausible=span("10", "250"))
    pulse: Quantity | None = quantity("Pulse", "/min", sdtm="VSORRES", plausible=span("15", "350"))
    ecog: str | None = choice("ECOG", lists.ECOG, sdtm="RSORRES")
    comment: str | None = note("Comment")
