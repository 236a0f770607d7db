"""The commands that print: visit summaries and the report on the cohort. The audit trail says what was printed."""

import argparse
from typing import TYPE_CHECKING

from models.commands.output import progress, say
from models.commands.reading import cut_of
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.sign_in import sign_in

if TYPE_CHECKING:
    from models.reports.batch import Paper


def visit(options: argparse.Namespace) -> None:
    """One patient's visit summary."""
    from models.reports.visit_summary import visit_summary

    with sign_in(options) as study:
        patient = study.find(options.patient)
        chart = study.chart(patient)
        if options.visit is not None and not options.visit.strip():
            raise TrialError("--visit is empty. Give the code of a visit, or leave --visit out for the last one.")
        if options.visit is not None and chart.protocol.visit(options.visit) is None:
            raise TrialError(f"The protocol has no visit {options.visit}. Its visits are named on the Protocol page.")
        printed = visit_summary(
            chart,
            options.out,
            study.printing(Desk.ENGLISH),
            visit=options.visit,
            changed=study.trail.changed(patient),
            signatures=study.signing.lines,
        )
        study.trail.note("visit summary saved", printed._asdict(), patient)
    say(str(options.out))


def clinic(options: argparse.Namespace) -> None:
    """The visit summaries of a day's patients, or of all who are enrolled."""
    from models.reports.batch import clinic

    with sign_in(options) as study:
        day = options.date or study.today
        ids = study.enrolled() if options.all else study.expected_on(day)
        if not ids:
            say(f"Nobody is expected on {day}." if not options.all else "Nobody is enrolled.")
            return
        trail = study.trail

        def note(paper: "Paper") -> None:
            trail.note("visit summary saved", paper.printed._asdict(), paper.patient)

        written = clinic(
            study.charts(ids, laboratory=True),
            options.out,
            study.printing(Desk.ENGLISH),
            total=len(ids),
            changed=trail.changed,
            signatures=study.signing.lines,
            progress=progress("Pages"),
            written_one=note,
        )
    say(f"{len(written)} visit {'summary' if len(written) == 1 else 'summaries'} in {options.out}.")


def cohort(options: argparse.Namespace) -> None:
    """Everything the cohort counts, in the order of a paper."""
    from models.reports.cohort_changes import held_against
    from models.reports.cohort_report import cohort_report

    with sign_in(options) as study:
        cut, until = cut_of(study, options.cut)
        found = study.cohorts.count(options.by, cut=cut, until=until, forms=True)
        printing, told = study.printing(Desk.ENGLISH), None
        since = None if until else study.cohorts.cuts.newest_before(cut)  # a former day is no later state
        if since is not None:
            changes = study.cohorts.compare(since, cut, options.by)
            told = held_against(since, cut, changes, study.trail, study.accounts.tenures(), printing.desk)
        name = cut.name if cut else ""
        pages = cohort_report(found, options.out, printing, cut=name, comparison=told)
        details = {"until": found.until.isoformat(), "by": options.by, "cut": name, "pages": pages}
        study.trail.note("cohort report saved", details)
    say(f"{options.out}: {pages} pages.")
