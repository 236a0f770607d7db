"""Requirements are tested through the study, as the window and the command line have it."""

from tests.demo_fixtures import demo_study_file
from tests.signing_fixtures import investigator, visit
from tests.study_fixtures import empty_study_file, path, patient, sit_down, study

__all__ = ["demo_study_file", "empty_study_file", "investigator", "path", "patient", "sit_down", "study", "visit"]
