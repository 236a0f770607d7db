"""What a tab of the patient page is, and the tabs there are. A tab's module is imported when it is first shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.widgets.review_state import PatientReview
    from gui.workspace import Workspace
    from models.chart.patient_chart import PatientChart


class Tab(Protocol):
    """A part of the patient's record: a QWidget made as `Tab(workspace)` when it is first shown.

    The page reads the chart, once for all tabs, and hands it to the tab in view; a tab never reads the study for what
    is in the chart. Saving goes through `workspace.study` and one `workspace.changed`, after which the page hands a new
    chart to the tab in view, and to each other tab when it is next shown.
    """

    def show_chart(self, chart: "PatientChart") -> None:
        """Show this patient as he stands now; it may be another patient, or the same one after a change."""


@runtime_checkable
class OpeningTab(Protocol):
    """A tab that can open a record or a new form. Always called after `show_chart` of that patient."""

    def open_record(self, kind: str, id_: int, values: Mapping[str, object]) -> None:
        """Open a record of that kind; id 0 is a new form that starts with `values` (field name -> domain value)."""


@runtime_checkable
class ReviewedPart(Protocol):
    """A part of a tab that shows beside its values what monitor and site say about them: called after `show_chart`."""

    def show_review(self, review: "PatientReview") -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class TabEntry:
    """A tab: its stable name, its words, the module that holds its class `Tab`, the kinds of record it opens."""

    name: str
    title: str
    module: str
    kinds: frozenset[str] = frozenset()

    def create(self, workspace: "Workspace") -> "QWidget":
        """Import the module and make the tab."""
        return cast("QWidget", import_module(self.module).Tab(workspace))


TABS: tuple[TabEntry, ...] = tuple(
    TabEntry(name, title, f"gui.pages.patient.{name}.tab", frozenset(kinds.split()))
    for name, title, kinds in (
        ("overview", "Overview", ""),
        ("visits", "Visits", "visit"),
        ("mrd", "MRD", "mrd replicate mutation sample"),
        ("adverse_events", "Adverse events", "adverse_event ae_grade ae_drug"),
        ("treatment", "Treatment", "phase exposure lumbar_puncture transplant medication"),
        ("laboratory", "Laboratory", "lab vitals"),
        (
            "baseline",
            "Baseline",
            "patient identity consent eligibility disease lesion history assessment relapse contact disposition death",
        ),
        ("documents", "Documents", "document"),
        ("history", "History", ""),
    )
)
"""Every tab, in the order of the page; Ctrl+1 opens the first."""


def tab_of(kind: str) -> str:
    """The name of the tab that opens records of a kind, "" for a kind that no tab opens."""
    return next((tab.name for tab in TABS if kind in tab.kinds), "")
