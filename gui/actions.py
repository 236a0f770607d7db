"""Everything that can be done from the menus and the find box, declared once."""

from typing import NamedTuple

from gui.idle import LOCK_KEYS
from models.domain.rights import Right

MENUS: tuple[str, ...] = ("File", "Patient", "Record", "Reports", "Study", "Help")
"""The menus, in the order of the menu bar."""


class Action(NamedTuple):
    """One thing that can be done.

    `words` are further words that the find box knows it by. An action opens a place (`page`; for a patient also `tab`
    and `kind`, a new record of that kind), or calls `method` on the page in view or else on the application, or does
    both. `needs` is "" (always possible), "study" or "patient" (one is in view). `section` starts a new block of its
    menu. `right` is what the person needs who wants to do it.
    """

    id: str
    text: str
    menu: str
    shortcut: str = ""
    words: str = ""
    needs: str = "study"
    page: str = ""
    tab: str = ""
    kind: str = ""
    method: str = ""
    section: bool = False
    right: Right | None = None


ACTIONS: tuple[Action, ...] = (
    Action("study.open", "&Open a study…", "File", "Ctrl+O", "file", needs="", method="open_study"),
    Action("study.new", "&New study…", "File", "Ctrl+Shift+N", "create file protocol", needs="", method="new_study"),
    Action("study.demo", "Explore the &demo", "File", "", "example synthetic", needs="", method="explore_demo"),
    Action("lock", "&Lock now", "File", LOCK_KEYS, "hide leave desk", method="lock", section=True),
    Action("switch", "S&witch user…", "File", "Ctrl+Shift+L", "sign in another person", method="switch_user"),
    Action("password", "Change my &password…", "File", "", "own account", method="change_password"),
    Action("study.close", "&Close the study", "File", "Ctrl+W", method="close_study"),
    Action("quit", "&Quit", "File", "Ctrl+Q", "exit leave end", needs="", method="quit", section=True),
    Action("find", "&Find patient, visit or action", "Patient", "Ctrl+K", "search go to", method="open_find_box"),
    Action("patients", "&All patients", "Patient", "Ctrl+Shift+P", "list", page="patients"),
    Action(
        "enrol",
        "&Enrol a patient",
        "Patient",
        "Ctrl+E",
        "new screen screening consent add",
        page="enrolment",
        right=Right.ENTER,
    ),
    Action(
        "record.mrd",
        "&MRD result",
        "Record",
        "Ctrl+M",
        "new enter BCR ABL1 copies",
        "patient",
        "patient",
        "mrd",
        "mrd",
        right=Right.ENTER,
    ),
    Action(
        "record.event",
        "&Adverse event",
        "Record",
        "Ctrl+Shift+A",
        "new enter toxicity AE grade serious",
        "patient",
        "patient",
        "adverse_events",
        "adverse_event",
        right=Right.ENTER,
    ),
    Action(
        "record.visit",
        "&Visit",
        "Record",
        "Ctrl+Shift+V",
        "new enter",
        "patient",
        "patient",
        "visits",
        "visit",
        right=Right.ENTER,
    ),
    Action(
        "record.lab",
        "&Laboratory values",
        "Record",
        "Ctrl+B",
        "new enter panel blood count chemistry",
        "patient",
        "patient",
        "laboratory",
        "lab",
        right=Right.ENTER,
    ),
    Action(
        "record.dose",
        "&Dose",
        "Record",
        "",
        "new enter drug exposure interruption",
        "patient",
        "patient",
        "treatment",
        "exposure",
        right=Right.ENTER,
    ),
    Action(
        "record.phase",
        "&Phase or cycle",
        "Record",
        "",
        "new enter start blinatumomab",
        "patient",
        "patient",
        "treatment",
        "phase",
        right=Right.ENTER,
    ),
    Action(
        "record.mutation",
        "ABL1 m&utation test",
        "Record",
        "",
        "new enter T315I",
        "patient",
        "patient",
        "mrd",
        "mutation",
        right=Right.ENTER,
    ),
    Action(
        "record.assessment",
        "&Response assessment",
        "Record",
        "",
        "new enter morphology remission",
        "patient",
        "patient",
        "baseline",
        "assessment",
        right=Right.ENTER,
    ),
    Action(
        "print.summary",
        "&Print visit summary…",
        "Reports",
        "Ctrl+P",
        "paper PDF clinic",
        "patient",
        method="print_summary",
        right=Right.PRINT,
    ),
    Action(
        "print.clinic",
        "Print the &clinic day…",
        "Reports",
        "",
        "batch visit summaries PDF",
        method="print_clinic",
        right=Right.PRINT,
    ),
    Action(
        "print.list",
        "Print the &list of today…",
        "Reports",
        "",
        "paper worklist",
        page="today",
        method="print_list",
        right=Right.PRINT,
    ),
    Action(
        "print.identities",
        "Print the &identification list…",
        "Reports",
        "",
        "subjects names birth dates hospital numbers confidential",
        method="print_identities",
        right=Right.READ_IDENTITY,
    ),
    Action(
        "print.cohort",
        "Print the coh&ort report…",
        "Reports",
        "",
        "paper PDF survival statistics",
        page="cohort",
        method="print_report",
        right=Right.PRINT,
    ),
    Action("today", "&Today", "Study", "Ctrl+T", "worklist home due", page="today"),
    Action("events", "&Adverse events", "Study", "", "list serious reporting clocks", page="adverse_events"),
    Action("queries", "&Queries", "Study", "", "questions monitor ask answer", page="queries", right=Right.READ_RECORD),
    Action("cohort", "Co&hort", "Study", "", "survival curves response endpoints statistics cut", page="cohort"),
    Action("audit", "A&udit trail", "Study", "", "history changes who when why verify export", page="audit"),
    Action("accounts", "A&ccounts", "Study", "", "users roles passwords training keys recovery", page="accounts"),
    Action("backups", "&Backups", "Study", "", "copy restore fallback second folder", page="backups"),
    Action("protocol", "&Protocol", "Study", "", "schedule visits windows rules", page="protocol"),
    Action(
        "settings",
        "&Settings",
        "Study",
        "Ctrl+,",
        "language dates numbers theme dark light name site ranges",
        page="settings",
    ),
    Action("about", "&About AlbaTrack", "Help", "", "version", needs="", method="about"),
)
"""Every action, in the order of its menu."""


def plain(text: str) -> str:
    """The words of an action without the mark of its mnemonic and without the dots."""
    return text.replace("&", "").rstrip("…")
