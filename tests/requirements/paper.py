"""The visit summary as the program prints it."""

from pathlib import Path

from models.domain.notation import Desk
from models.reports.visit_summary import visit_summary
from models.study import Study
from tests.models.reports.reading import page_texts


def on_paper(study: Study, patient: int, folder: Path) -> str:
    """The text of the summary that the person at the desk prints of a patient."""
    out = folder / "summary.pdf"
    visit_summary(
        study.chart(patient),
        out,
        study.printing(Desk.ENGLISH),
        visit=None,
        changed=study.trail.changed(patient),
        signatures=study.signing.lines,
    )
    return " ".join(page_texts(out))
