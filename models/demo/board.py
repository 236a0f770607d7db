"""A data cut of the demo study, and a correction that came after it, for the cohort's changes to explain."""

from decimal import Decimal

from models.domain.context import Context
from models.domain.molecular.terms import BONE_MARROW
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.molecular import MrdResult
from models.study import Edit, Study

NAME = "Safety board"
_MISREAD = {"target_copies": Quantity(Decimal(31), "copies", "", "31"), "lab_category": "positive"}


def add_cut(study: Study) -> None:
    """Freeze the study while one result reads positive by mistake, then put it right.

    The last patient in complete response at the protocol's first landmark is taken; a study without one gets no cut.
    """
    result = _complete_at_landmark(study)
    if result is None:
        return
    right = {name: getattr(result, name) for name in _MISREAD}
    misread, mended = Context("", "Read from the next line of the report"), Context("", "Compared with the report")
    study.save(result.patient, [Edit("mrd", _MISREAD, result.id)], misread)
    study.cohorts.cuts.make(NAME, PartialDate.from_date(study.today), "Half-yearly meeting")
    study.save(result.patient, [Edit("mrd", right, result.id)], mended)


def _complete_at_landmark(study: Study) -> MrdResult | None:
    for patient in reversed(study.enrolled()):
        for result in study.chart(patient).of(MrdResult):
            at_landmark = (result.visit, result.specimen) == (study.protocol.primary_landmark, BONE_MARROW)
            if at_landmark and result.lab_category == "not detected":
                return result
    return None
