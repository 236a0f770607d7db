"""The command line: the window's own code without a window.

Exit status 0, or 1 with one plain sentence on stderr. A traceback is a fault of the program, never of the input.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import VERSION
from models.domain.errors import TrialError

if TYPE_CHECKING:
    from models.study import Study

PRINTED_BY = "command line"
"""Who a page printed by the command line names; accounts give it a person."""


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py", description="AlbaTrack without a window. With no command, the window opens."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="make a study of synthetic patients")
    demo.add_argument("file", type=Path)
    demo.add_argument("--patients", type=_positive, default=63)
    demo.add_argument("--seed", type=int, default=2116)
    demo.add_argument("--thin", action="store_true", help="enrolment and last result only")
    demo.set_defaults(run=_demo)

    patients = commands.add_parser("patients", help="list the patients of a study")
    patients.add_argument("file", type=Path)
    patients.add_argument("--json", action="store_true")
    patients.set_defaults(run=_patients)

    chart = commands.add_parser("chart", help="everything a patient's overview shows, as data")
    chart.add_argument("file", type=Path)
    chart.add_argument("--patient", required=True, help="subject or screening number")
    chart.add_argument("--json", action="store_true", required=True)
    chart.set_defaults(run=_chart)

    reports = commands.add_parser("report", help="print").add_subparsers(required=True, metavar="REPORT")
    visit = reports.add_parser("visit", help="one patient's visit summary")
    visit.add_argument("file", type=Path)
    visit.add_argument("--patient", required=True, help="subject or screening number")
    visit.add_argument("--visit", help="visit code; without it, the last visit")
    visit.add_argument("--out", type=Path, required=True)
    visit.set_defaults(run=_report_visit)
    clinic = reports.add_parser("clinic", help="the visit summaries of everyone expected on a day")
    clinic.add_argument("file", type=Path)
    clinic.add_argument("--date", type=_iso_date, help="YYYY-MM-DD; without it, today")
    clinic.add_argument("--all", action="store_true", help="every enrolled patient")
    clinic.add_argument("--out", type=Path, required=True)
    clinic.set_defaults(run=_report_clinic)

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


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _iso_date(text: str) -> date:
    return date.fromisoformat(text)


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
    from models.study import Study

    with Study.open(options.file) as study:
        lines = [patient_line(chart) for chart in study.charts()]
    if options.json:
        _say(json.dumps(lines, indent=2, ensure_ascii=False))
        return
    for line in lines:
        _say(
            "\t".join(
                str(line[name] if line[name] is not None else "")
                for name in ("label", "status", "last_class", "next_visit")
            )
        )
    _say(f"{len(lines)} patients.")


def _chart(options: argparse.Namespace) -> None:
    from models.figures.data import summary
    from models.study import Study

    with Study.open(options.file) as study:
        chart = study.chart(study.find(options.patient))
        _say(json.dumps(summary(chart), indent=2, ensure_ascii=False))


def _report_visit(options: argparse.Namespace) -> None:
    from models.reports.visit_summary import visit_summary
    from models.study import Study

    with Study.open(options.file) as study:
        chart = study.chart(study.find(options.patient))
        if options.visit and chart.protocol.visit(options.visit) is None:
            raise TrialError(f"The protocol has no visit {options.visit}. Its visits are named on the Protocol page.")
        visit_summary(chart, options.out, visit=options.visit, **_imprint(study))
    _say(str(options.out))


def _report_clinic(options: argparse.Namespace) -> None:
    from models.reports.batch import clinic
    from models.study import Study

    with Study.open(options.file) as study:
        day = options.date or study.today
        ids = study.enrolled() if options.all else study.expected_on(day)
        charts = study.charts(ids, laboratory=True)
        written = clinic(charts, options.out, total=len(ids), progress=_progress("Pages"), **_imprint(study))
    _say(f"{len(written)} visit summaries in {options.out}." if written else f"Nobody is expected on {day}.")


def _imprint(study: "Study") -> dict[str, Any]:
    """What every page printed by the command line says about who printed it, when and where."""
    from models.domain.notation import Desk

    return {
        "printed_by": PRINTED_BY,
        "now": study.clock.now(),
        "desk": Desk.ENGLISH,
        "version": VERSION,
        "site": f"{study.info.site_code} {study.info.site_name}",
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
