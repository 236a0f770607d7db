"""What AlbaTrack holds, per patient and per study: one file an aggregate, every field declared once."""

from models.records import (
    disease,
    flags,
    laboratory,
    molecular,
    outcome,
    patient,
    people,
    review,
    safety,
    treatment,
    visits,
)
from models.records.kind import KINDS, Kind, Record

__all__ = [
    "KINDS",
    "Kind",
    "Record",
    "disease",
    "flags",
    "laboratory",
    "molecular",
    "outcome",
    "patient",
    "people",
    "review",
    "safety",
    "treatment",
    "visits",
]
