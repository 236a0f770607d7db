"""Where a patient's molecular response stands, in the words that screen, paper, list and command line share."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.domain.molecular.course import Course
    from models.domain.molecular.milestones import Standing

_SHORT = {"BONE MARROW": "marrow", "BLOOD": "blood"}


def in_specimen(course: "Course") -> str:
    """Which specimen the headline speaks of: " in marrow"; "" where the patient's results are all of one."""
    if course.standing is None or len({series.specimen for series in course.series}) < 2:
        return ""
    return f" in {short(course.standing.specimen)}"


def elsewhere_words(course: "Course", when: "Callable[[Standing], str]") -> str:
    """What another specimen has shown since: "blood positive since day 402"; "" where nothing speaks against it.

    `when` writes the first day of a standing as it is written there.
    """
    return ", ".join(f"{short(each.specimen)} {each.headline.value} since {when(each)}" for each in course.elsewhere)


def short(specimen: str) -> str:
    """A specimen as a short word."""
    return _SHORT.get(specimen, specimen.lower())
