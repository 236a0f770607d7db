"""The places of a drawing of the cohort that stand for patients."""

from models.figures.cohort.frame import CohortDrawing, PatientsHit


def places(drawing: CohortDrawing) -> list[PatientsHit]:
    """The places that stand for patients."""
    return [hit for hit in drawing.hits if isinstance(hit, PatientsHit)]


def place(drawing: CohortDrawing, words_: str) -> PatientsHit:
    """The place whose tooltip begins so."""
    return next(hit for hit in places(drawing) if hit.lines[0].startswith(words_))
