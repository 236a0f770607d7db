"""Pictures are taken of the demo study."""

from tests.demo_fixtures import demo_study_file

__all__ = ["demo_study_file"]
