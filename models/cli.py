"""The command line: the window's own code without a window.

Exit status 0, or 1 with one plain sentence on stderr. A traceback is a fault of the program, never of the input.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from models import VERSION
from models.domain.errors import TrialError
from models.sign_in import sign_in

if TYPE_CHECKING:
    from models.records.review import DataCut
    from models.study import Study
    from models.study_types import Head


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
    except TrialError as problem:
        print(f"albatrack: {problem}", file=sys.stderr)  # noqa: T201 - this is the command line's voice
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("albatrack: stopped.", file=sys.stderr)  # noqa: T201
        return 130
    return 0


def headless_demo(folder: Path) -> int:
    """The main job without a window: make the demo study in `folder` and print its visit summaries there."""
    folder.mkdir(parents=True, exist_ok=True)
    study = folder / "demo.albatrack"
    if not study.exists():
        status = main(["demo", str(study)])
        if status:
            return status
    return main(["report", "clinic", str(study), "--all", "--out", str(folder / "visit-summaries")])


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command, as the commands themselves do."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message}. {self.prog} --help shows how it is written.\n")


def _parser() -> _Parser:
    parser = _Parser(prog="main.py", description="AlbaTrack without a window. With no command, the window opens.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="make a study of synthetic patients")
    demo.add_argument("file", type=Path)
    demo.add_argument("--patients", type=_positive, default=63)
    demo.add_argument("--seed", type=int, default=2116)
    demo.add_argument("--thin", action="store_true", help="enrolment and last result only")
    demo.set_defaults(run=_demo)

    patients = _on_study(commands, "patients", "list the patients of a study")
    patients.add_argument("--json", action="store_true")
    patients.set_defaults(run=_patients)

    chart = _on_study(commands, "chart", "everything a patient's overview shows, as data")
    chart.add_argument("--patient", required=True, help="subject or screening number")
    chart.add_argument("--json", action="store_true", required=True)
    chart.set_defaults(run=_chart)

    reports = commands.add_parser("report", help="print").add_subparsers(required=True, metavar="REPORT")
    visit = _on_study(reports, "visit", "one patient's visit summary")
    visit.add_argument("--patient", required=True, help="subject or screening number")
    visit.add_argument("--visit", help="visit code; without it, the last visit")
    visit.add_argument("--out", type=Path, required=True)
    visit.set_defaults(run=_report_visit)
    clinic = _on_study(reports, "clinic", "the visit summaries of everyone expected on a day")
    clinic.add_argument("--date", type=_iso_date, help="YYYY-MM-DD; without it, today")
    clinic.add_argument("--all", action="store_true", help="every enrolled patient")
    clinic.add_argument("--out", type=Path, required=True)
    clinic.set_defaults(run=_report_clinic)
    paper = _on_study(reports, "cohort", "everything the cohort counts, in the order of a paper, with its methods")
    paper.add_argument("--cut", help="a day (YYYY-MM-DD) after which nothing counts, or the name of a data cut")
    paper.add_argument("--by", choices=("ikzf1", "transcript", "age", "sex"), help="divide the patients")
    paper.add_argument("--out", type=Path, required=True)
    paper.set_defaults(run=_report_cohort)

    cohort = _on_study(commands, "cohort", "the site's patients as one picture: every number with its method")
    cohort.add_argument("--json", action="store_true", required=True)
    cohort.add_argument("--cut", help="a day (YYYY-MM-DD) after which nothing counts, or the name of a data cut")
    cohort.add_argument("--by", choices=("ikzf1", "transcript", "age", "sex"), help="divide the patients")
    cohort.set_defaults(run=_cohort)

    survival = commands.add_parser("survival", help="survival estimates of a CSV file: time,event[,group][,competing]")
    survival.add_argument("--csv", type=Path, required=True)
    survival.add_argument("--json", action="store_true", required=True)
    survival.set_defaults(run=_survival)

    verify = _on_study(commands, "verify", "hold the audit trail against itself and the data against it")
    verify.add_argument(
        "--head", action="append", default=[], help="the end of the trail as a page has it: ROWS-DIGITS"
    )
    verify.set_defaults(run=_verify)

    backup = _on_study(commands, "backup", "make a backup, and open and check it before it counts")
    backup.add_argument("--into", type=Path, metavar="FOLDER", help="copy it there too: a USB stick, a share")
    backup.set_defaults(run=_backup)

    classify = commands.add_parser("classify", help="classify MRD results of a CSV file")
    classify.add_argument("--csv", type=Path, required=True)
    classify.add_argument("--out", type=Path, required=True)
    classify.add_argument(
        "--protocol", default="dalba", help="a protocol file, or the name of one that comes with AlbaTrack"
    )
    classify.set_defaults(run=_classify)

    grade = commands.add_parser("grade", help="grade laboratory values of a CSV file")
    grade.add_argument("--csv", type=Path, required=True)
    grade.add_argument("--out", type=Path, required=True)
    grade.add_argument("--ctcae", required=True, choices=("4.03", "5.0", "6.0"))
    grade.set_defaults(run=_grade)
    return parser


def _on_study(commands: "argparse._SubParsersAction[_Parser]", name: str, words: str) -> _Parser:
    """A command on a study: its folder, and who signs in to it. The password is asked for, never an argument."""
    parser = commands.add_parser(name, help=words)
    parser.add_argument("file", type=Path, help="the study's folder")
    parser.add_argument("--user", help="user name; the password is asked for, or taken from ALBATRACK_PASSWORD")
    return parser


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number above 0")
    return int(text)


def _iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}” is no day. Write it like 2026-10-02") from fault


def _say(text: str) -> None:
    print(text)  # noqa: T201 - this is the command line's voice


def _progress(what: str) -> Callable[[int, int], bool]:
    """A progress line on stderr, where somebody is looking."""

    def show(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)  # noqa: T201
        return True

    return show


def _demo(options: argparse.Namespace) -> None:
    from models.demo.study import build

    build(
        options.file,
        patients=options.patients,
        seed=options.seed,
        thin=options.thin,
        progress=_progress("Patients"),
    )
    _say(f"{options.file}: {options.patients} synthetic patients.")


def _patients(options: argparse.Namespace) -> None:
    from models.chart.lines import patient_line

    with sign_in(options) as study:
        lines = [patient_line(chart) for chart in study.charts()]
    if options.json:
        _say(json.dumps(lines, indent=2, ensure_ascii=False))
        return
    for line in lines:
        _say(
            "\t".join(
                str(line[name] if line[name] is not None else "")
                for name in ("label", "status", "last_class_words", "next_visit")
            )
        )
    _say(f"{len(lines)} patients.")


def _chart(options: argparse.Namespace) -> None:
    from models.figures.data import summary

    with sign_in(options) as study:
        chart = study.chart(study.find(options.patient))
        _say(json.dumps(summary(chart), indent=2, ensure_ascii=False))


def _report_visit(options: argparse.Namespace) -> None:
    from models.reports.visit_summary import visit_summary

    with sign_in(options) as study:
        patient = study.find(options.patient)
        chart = study.chart(patient)
        if options.visit and chart.protocol.visit(options.visit) is None:
            raise TrialError(f"The protocol has no visit {options.visit}. Its visits are named on the Protocol page.")
        printed = visit_summary(
            chart,
            options.out,
            visit=options.visit,
            changed=study.trail.changed(patient),
            signatures=study.signing.lines,
            **_imprint(study),
        )
        study.trail.note("visit summary saved", printed._asdict(), patient)
    _say(str(options.out))


def _report_clinic(options: argparse.Namespace) -> None:
    from models.reports.batch import clinic

    with sign_in(options) as study:
        day = options.date or study.today
        ids = study.enrolled() if options.all else study.expected_on(day)
        charts = study.charts(ids, laboratory=True)
        written = clinic(
            charts,
            options.out,
            total=len(ids),
            changed=study.trail.changed,
            signatures=study.signing.lines,
            progress=_progress("Pages"),
            **_imprint(study),
        )
        for paper in written:
            study.trail.note("visit summary saved", paper.printed._asdict(), paper.patient)
    _say(f"{len(written)} visit summaries in {options.out}." if written else f"Nobody is expected on {day}.")


def _report_cohort(options: argparse.Namespace) -> None:
    from models.reports.cohort_changes import held_against
    from models.reports.cohort_report import cohort_report

    with sign_in(options) as study:
        named = _cut(study, options.cut)
        found = study.cohorts.count(options.by or "", forms=True, **named)
        cut: DataCut | None = named.get("cut")
        imprint, told = _imprint(study), None
        since = None if "until" in named else study.cohorts.cuts.newest_before(cut)  # a former day is no later state
        if since is not None:
            changes = study.cohorts.compare(since, cut, options.by or "")
            told = held_against(since, cut, changes, study.trail, study.accounts.tenures(), imprint["desk"])
        name = cut.name if cut else ""
        synthetic = study.info.synthetic
        pages = cohort_report(found, options.out, cut=name, comparison=told, synthetic=synthetic, **imprint)
        details = {"until": found.until.isoformat(), "by": options.by or "", "cut": name, "pages": pages}
        study.trail.note("cohort report saved", details)
    _say(f"{options.out}: {pages} pages.")


def _cohort(options: argparse.Namespace) -> None:
    from models.exchange.cohort_json import cohort_json

    with sign_in(options) as study:
        named, info = _cut(study, options.cut), study.info
        found = study.cohorts.count(options.by or "", forms=True, **named)
    site = f"{info.site_code} {info.site_name}"
    told = cohort_json(found, site=site, synthetic=info.synthetic, cut=named.get("cut"))
    _say(json.dumps(told, indent=2, ensure_ascii=False))


def _cut(study: "Study", named: str | None) -> dict[str, Any]:
    """What `--cut` names: a clinical day, or a data cut of the study; without it the study as it stands now."""
    if named is None:
        return {}
    if not named.strip():
        raise TrialError("--cut is empty. Give a day (YYYY-MM-DD) or the name of a data cut, or leave --cut out.")
    try:
        return {"until": date.fromisoformat(named)}
    except ValueError:
        return {"cut": study.cohorts.cuts.find(named)}


def _survival(options: argparse.Namespace) -> None:
    from models.exchange.survival_csv import survival_file

    _say(json.dumps(survival_file(options.csv), indent=2, ensure_ascii=False))


def _verify(options: argparse.Namespace) -> None:
    from models.study_types import refuse_unless_whole

    heads = [_head(text) for text in options.head]
    with sign_in(options) as study:
        found = study.trail.verify(heads, _progress("Rows"))
    for problem in found.problems:
        print(f"albatrack: {problem}", file=sys.stderr)  # noqa: T201
    refuse_unless_whole(found)
    _say(f"{found.rows} rows of the audit trail and the data agree. The trail ends at {found.head.short}.")


def _backup(options: argparse.Namespace) -> None:
    with sign_in(options) as study:
        made = study.backups.make(progress=_progress("Rows"), into=options.into)
    if made.problems:
        raise TrialError(f"The backup {made.backup.name} was made and checked, but: {' '.join(made.problems)}")
    _say(f"{made.backup.path}: made and checked, {made.backup.manifest.head.rows} rows of the audit trail.")
    if options.into is not None:
        _say(f"A copy is in {options.into}.")


def _head(text: str) -> "Head":
    from models.study_types import Head

    rows, _, digits = text.replace(" ", "").partition("-")
    if not rows.isdecimal() or not digits or not set(digits.lower()) <= set("0123456789abcdef"):
        raise TrialError(
            f"{text} is not the end of an audit trail. It is printed as rows, a hyphen and hexadecimal digits."
        )
    return Head(int(rows), digits.lower())


def _imprint(study: "Study") -> dict[str, Any]:
    """What every page printed by the command line says about who printed it, when and where."""
    from models.domain.notation import Desk

    return {
        "printed_by": study.user.name,
        "now": study.clock.now(),
        "desk": Desk.ENGLISH,
        "version": VERSION,
        "site": f"{study.info.site_code} {study.info.site_name}",
        "trail": study.trail.head().short,
    }


def _classify(options: argparse.Namespace) -> None:
    from models.chart.molecular import rules
    from models.exchange.classify_csv import classify_file
    from models.protocols.loading import find_protocol

    count = classify_file(options.csv, options.out, rules(find_protocol(options.protocol).mrd))
    _say(f"{count} results classified in {options.out}.")


def _grade(options: argparse.Namespace) -> None:
    from models.exchange.grade_csv import grade_file

    count = grade_file(options.csv, options.out, options.ctcae)
    _say(f"{count} values graded in {options.out}.")
