"""Everything that can be done from the menus and the find box, declared once."""

from typing import NamedTuple

MENUS: tuple[str, ...] = ("File", "Patient", "Record", "Reports", "Study", "Help")
"""The menus, in the order of the menu bar."""


class Action(NamedTuple):
    """One thing that can be done.

    `words` are further words that the find box knows it by. An action opens a place (`page`; for a patient also `tab`
    and `kind`, a new record of that kind), or calls `method` on the page in view or else on the application, or does
    both. `needs` is "" (always possible), "study" or "patient" (one is in view). `section` starts a new block of its
    menu.
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


ACTIONS: tuple[Action, ...] = (
    Action("study.open", "&Open a study…", "File", "Ctrl+O", "file", needs="", method="open_study"),
    Action("study.new", "&New study…", "File", "Ctrl+Shift+N", "create file protocol", needs="", method="new_study"),
    Action("study.demo", "Explore the &demo", "File", "", "example synthetic", needs="", method="explore_demo"),
    Action("study.close", "&Close the study", "File", "Ctrl+W", method="close_study", section=True),
    Action("quit", "&Quit", "File", "Ctrl+Q", "exit leave end", needs="", method="quit", section=True),
    Action("find", "&Find patient, visit or action", "Patient", "Ctrl+K", "search go to", method="open_find_box"),
    Action("patients", "&All patients", "Patient", "Ctrl+Shift+P", "list", page="patients"),
    Action("enrol", "&Enrol a patient", "Patient", "Ctrl+E", "new screen screening consent add", page="enrolment"),
    Action(
        "record.mrd", "&MRD result", "Record", "Ctrl+M", "new enter BCR ABL1 copies", "patient", "patient", "mrd", "mrd"
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
    ),
    Action("record.visit", "&Visit", "Record", "Ctrl+Shift+V", "new enter", "patient", "patient", "visits", "visit"),
    Action(
        "record.lab",
        "&Laboratory values",
        "Record",
        "Ctrl+L",
        "new enter panel blood count chemistry",
        "patient",
        "patient",
        "laboratory",
        "lab",
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
    ),
    Action(
        "print.summary",
        "&Print visit summary…",
        "Reports",
        "Ctrl+P",
        "paper PDF clinic",
        "patient",
        method="print_summary",
    ),
    Action("print.clinic", "Print the &clinic day…", "Reports", "", "batch visit summaries PDF", method="print_clinic"),
    Action(
        "print.list", "Print the &list of today…", "Reports", "", "paper worklist", page="today", method="print_list"
    ),
    Action("today", "&Today", "Study", "Ctrl+T", "worklist home due", page="today"),
    Action("events", "&Adverse events", "Study", "", "list serious reporting clocks", page="adverse_events"),
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
