"""The commands on anybody's CSV files: no study is opened, and nothing is kept."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from models.commands.output import give_json, number_of, say

if TYPE_CHECKING:
    from models.exchange.csv_file import Answered


def classify(options: argparse.Namespace) -> None:
    """MRD results in, their classes and reasons out."""
    from models.chart.molecular import rules
    from models.exchange.classify_csv import classify_file
    from models.protocols.loading import find_protocol

    answered = classify_file(options.csv, options.out, rules(find_protocol(options.protocol).mrd))
    _tell(answered, "results", "classified", options.out)


def grade(options: argparse.Namespace) -> None:
    """Laboratory values in, their CTCAE grades and reasons out."""
    from models.exchange.grade_csv import grade_file

    _tell(grade_file(options.csv, options.out, options.ctcae), "values", "graded", options.out)


def survival(options: argparse.Namespace) -> None:
    """Times of follow-up in, every estimate of survival out."""
    from models.exchange.survival_csv import survival_file

    give_json(survival_file(options.csv))


def _tell(answered: "Answered", things: str, done: str, out: Path) -> None:
    """Say what is in the file, and what is in it without an answer: nobody takes that for done."""
    without = f", {answered.without} not: the column reason says why" if answered.without else ""
    say(f"{number_of(answered.rows - answered.without, things)} {done} in {out}{without}.")
