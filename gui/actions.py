"""Everything that can be done from the menus and the find box, declared once."""

from typing import NamedTuple

from gui.idle import LOCK_KEYS
from gui.keys import FIND_KEYS
from models.domain.rights import Right

MENUS: tuple[str, ...] = ("File", "Patient", "Record", "Reports", "Study", "Help")
"""The menus, in the order of the menu bar."""


class Action(NamedTuple):
    """One thing that can be done.

    `words` are further words that the find box knows it by. An action opens a place (`page`; for a patient also `kind`,
    a new record of that kind), or calls `method` on the page in view or else on the application, or does both. `needs`
    is "" (always possible), "study" or "patient" (one is in view, or named in the find box). `section` starts a new
    block of its menu. `right` is what the person needs who wants to do it.
    """

    id: str
    text: str
    menu: str
    shortcut: str = ""
    words: str = ""
    needs: str = "study"
    page: str = ""
    kind: str = ""
    method: str = ""
    section: bool = False
    right: Right | None = None


def _record(kind: str, text: str, words: str, shortcut: str = "", *, section: bool = False) -> Action:
    """A new record of a kind for a patient; of a kind of which there is one, the one there is."""
    words = f"new enter add {words}"
    return Action(
        f"record.{kind}", text, "Record", shortcut, words, "patient", "patient", kind, "", section, Right.ENTER
    )


RECORDS: tuple[Action, ...] = (
    _record("mrd", "&MRD result", "BCR ABL1 copies ratio PCR molecular bone marrow blood", "Ctrl+M"),
    _record("mutation", "ABL1 m&utation test", "T315I kinase domain resistance sequencing"),
    _record("sample", "&Sample sent", "MRD shipment tube bone marrow blood laboratory"),
    _record("visit", "&Visit", "day appointment examination", "Ctrl+Shift+V", section=True),
    _record("vitals", "Vital si&gns", "blood pressure pulse temperature weight ECOG"),
    _record("lab", "&Laboratory panel", "values blood count chemistry haemoglobin platelets neutrophils", "Ctrl+B"),
    _record("assessment", "&Response assessment", "bone marrow aspirate blasts morphology remission CR"),
    _record(
        "adverse_event", "&Adverse event", "AE SAE serious toxicity side effect grade", "Ctrl+Shift+A", section=True
    ),
    _record("exposure", "&Dose", "drug dasatinib exposure interruption pause reduction", section=True),
    _record("phase", "&Phase or cycle start", "blinatumomab induction consolidation"),
    _record("lumbar_puncture", "Lumbar pun&cture", "LP intrathecal CNS prophylaxis spinal liquor"),
    _record("medication", "&Other medication", "drug medicine concomitant treatment"),
    _record("transplant", "&Transplant", "transplantation allogeneic HSCT stem cells donor graft", section=True),
    _record("relapse", "R&elapse", "recurrence progression haematologic extramedullary"),
    _record("contact", "&Follow-up contact", "alive last seen telephone call"),
    _record("disposition", "E&nd of treatment or study", "off stop withdrawal discontinuation lost drop out"),
    _record("death", "Deat&h", "died dead deceased fatal cause"),
    _record("consent", "Consent", "informed version signed again", section=True),
    _record("history", "Med&ical history", "comorbidity illness operation allergy cancer"),
    _record("disease", "Disease at &baseline", "diagnosis karyotype transcript CNS blasts"),
    _record("lesion", "Cop&y-number call", "IKZF1 CDKN2A PAX5 deletion genotype MLPA"),
    _record("document", "Document", "paper scan PDF file report letter attach"),
)
"""What can be recorded about a patient, in the order and the blocks of the menus that offer it."""


ACTIONS: tuple[Action, ...] = (
    Action("study.open", "&Open a study…", "File", "Ctrl+O", "file", needs="", method="open_study"),
    Action("study.new", "&New study…", "File", "Ctrl+Shift+N", "create file protocol", needs="", method="new_study"),
    Action("study.demo", "Explore the &demo", "File", "", "example synthetic", needs="", method="explore_demo"),
    Action("lock", "&Lock now", "File", LOCK_KEYS, "hide leave desk", method="lock", section=True),
    Action("switch", "S&witch user…", "File", "Ctrl+Shift+L", "sign in another person", method="switch_user"),
    Action("password", "Change my &password…", "File", "", "own account", method="change_password"),
    Action("study.close", "&Close the study", "File", "Ctrl+W", method="close_study"),
    Action("quit", "&Quit", "File", "Ctrl+Q", "exit leave end", needs="", method="quit", section=True),
    Action("find", "&Find patient, visit or action", "Patient", FIND_KEYS, "search go to", method="open_find_box"),
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
        "sign",
        "&Sign the whole record…",
        "Patient",
        "",
        "signature approve investigator",
        "patient",
        method="sign_record",
        section=True,
        right=Right.SIGN,
    ),
    Action(
        "lock.record",
        "&Lock or unlock the record…",
        "Patient",
        "",
        "freeze close patient verified",
        "patient",
        method="turn_lock",
        right=Right.LOCK,
    ),
    *RECORDS,
    Action(
        "print.summary",
        "&Print visit summary…",
        "Reports",
        "Ctrl+P",
        "paper PDF report clinic letter",
        "patient",
        method="print_summary",
        right=Right.PRINT,
    ),
    Action(
        "print.clinic",
        "Print the &clinic day…",
        "Reports",
        "",
        "paper batch visit summaries PDF",
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
        "paper PDF survival statistics results",
        page="cohort",
        method="print_report",
        right=Right.PRINT,
    ),
    Action("today", "&Today", "Study", "Ctrl+T", "worklist home due overdue missing tasks", page="today"),
    Action(
        "events", "&Adverse events", "Study", "", "list AE SAE toxicity serious reporting clocks", page="adverse_events"
    ),
    Action(
        "queries", "&Queries", "Study", "", "questions monitor ask answer open", page="queries", right=Right.READ_RECORD
    ),
    Action(
        "cohort",
        "Co&hort",
        "Study",
        "",
        "survival curves response relapse death toxicity endpoints statistics data cut export CSV Excel",
        page="cohort",
    ),
    Action(
        "audit",
        "A&udit trail",
        "Study",
        "",
        "history changes changed corrections who when why verify export CSV Excel",
        page="audit",
    ),
    Action(
        "accounts",
        "A&ccounts",
        "Study",
        "",
        "users people staff roles passwords training keys recovery delegation",
        page="accounts",
    ),
    Action("backups", "&Backups", "Study", "", "back up copy save restore fallback second folder", page="backups"),
    Action(
        "protocol",
        "&Protocol",
        "Study",
        "",
        "schedule visits windows rules doses eligibility criteria",
        page="protocol",
    ),
    Action(
        "settings",
        "&Settings",
        "Study",
        "Ctrl+,",
        "language dates numbers theme dark light name site reference ranges dictionary CTCAE freeze lock study",
        page="settings",
    ),
    Action("shortcuts", "&Keyboard shortcuts", "Help", "F1", "keys help list", needs="", method="show_shortcuts"),
    Action("about", "&About AlbaTrack", "Help", "", "version", needs="", method="about"),
)
"""Every action, in the order of its menu."""


def plain(text: str) -> str:
    """The words of an action without the mark of its mnemonic and without the dots."""
    return text.replace("&", "").rstrip("…")
