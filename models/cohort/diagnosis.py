"""What is recorded of one patient's disease at diagnosis, as far as the cohort counts it."""

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from models.chart.patient_chart import PatientChart


class AtDiagnosis(NamedTuple):
    """White cells in 10^9/L, CNS status and ECOG as codes of the code lists; None where it is not recorded."""

    white_cells: Decimal | None
    cns: str | None
    ecog: str | None


def of_chart(chart: "PatientChart") -> AtDiagnosis:
    """What is recorded of one patient."""
    disease = chart.disease
    if disease is None:
        return AtDiagnosis(None, None, None)
    white_cells = disease.white_cells.value if disease.white_cells else None
    return AtDiagnosis(white_cells, disease.cns_status, disease.ecog)
