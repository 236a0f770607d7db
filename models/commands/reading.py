"""The commands that hand out a study's data: the list of patients, one patient's chart, the cohort.

The audit trail says so before anything leaves the study.
"""

import argparse
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from models.commands.output import give, give_json, number_of
from models.domain.errors import TrialError
from models.sign_in import sign_in

if TYPE_CHECKING:
    from models.records.review import DataCut
    from models.study import Study

_WRITTEN_AS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def patients(options: argparse.Namespace) -> None:
    """Every patient of the study, a line each."""
    from models.chart.lines import patient_line

    with sign_in(options) as study:
        lines, synthetic = [patient_line(chart) for chart in study.charts()], study.info.synthetic
        study.trail.note("patient list exported", {"as": "json" if options.json else "text", "lines": len(lines)})
    if options.json:
        give_json(lines)
        return
    shown = ("label", "status", "last_class_words", "next_visit")
    counted = number_of(len(lines), "synthetic patients" if synthetic else "patients")
    words = ["\t".join(str(line[name] if line[name] is not None else "") for name in shown) for line in lines]
    give("\n".join((*words, f"{counted}.")))


def chart(options: argparse.Namespace) -> None:
    """Everything that one patient's overview shows."""
    from models.exchange.chart_json import chart_json

    with sign_in(options) as study:
        patient = study.find(options.patient)
        told = chart_json(study.chart(patient))
        study.trail.note("chart exported", {"as": "json"}, patient)
    give_json(told)


def cohort(options: argparse.Namespace) -> None:
    """Every number of the cohort with its method."""
    from models.exchange.cohort_json import ROW_DEPTH, cohort_json

    with sign_in(options) as study:
        (cut, until), info = cut_of(study, options.cut), study.info
        found = study.cohorts.count(options.by, cut=cut, until=until, forms=True)
        details = {"what": "every number", "as": "json", "until": found.until.isoformat(), "by": options.by}
        study.trail.note("cohort exported", {**details, "cut": cut.name if cut else ""})
    site = f"{info.site_code} {info.site_name}"
    give_json(cohort_json(found, site=site, synthetic=info.synthetic, cut=cut), ROW_DEPTH)


def cut_of(study: "Study", named: str | None) -> "tuple[DataCut | None, date | None]":
    """What `--cut` names: a data cut of the study, or a clinical day; without it neither, for the study as it stands.

    A cut that is itself named by a day goes before the day.

    Raises:
        TrialError: it is empty, is written as a day that no calendar has, or the study has no data cut of that name.
    """
    if named is None:
        return None, None
    if not named.strip():
        raise TrialError("--cut is empty. Give a day (YYYY-MM-DD) or the name of a data cut, or leave --cut out.")
    try:
        return study.cohorts.cuts.find(named), None
    except TrialError as unknown:
        with suppress(ValueError):
            return None, date.fromisoformat(named.strip())
        if not _WRITTEN_AS_DAY.fullmatch(named.strip()):
            raise
        raise TrialError(f"There is no day {named.strip()}. Correct it after --cut, or name a data cut.") from unknown
