"""Every test of this part may ask for a study."""

from tests.backup_fixtures import hand, owned
from tests.command_fixtures import demo, demo_file, run
from tests.demo_fixtures import demo_study_file
from tests.signing_fixtures import investigator, visit
from tests.study_fixtures import empty_study_file, path, patient, sit_down, study

__all__ = [
    "demo",
    "demo_file",
    "demo_study_file",
    "empty_study_file",
    "hand",
    "investigator",
    "owned",
    "path",
    "patient",
    "run",
    "sit_down",
    "study",
    "visit",
]
