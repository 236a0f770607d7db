"""Every test of this part may ask for a study."""

from tests.study_fixtures import empty_study_file, patient, study

__all__ = ["empty_study_file", "patient", "study"]
