"""The commands on anybody's CSV files: no study is opened, and nothing is kept."""

import argparse

from models.commands.output import give_json, number_of, say


def classify(options: argparse.Namespace) -> None:
    """MRD results in, their classes and reasons out."""
    from models.chart.molecular import rules
    from models.exchange.classify_csv import classify_file
    from models.protocols.loading import find_protocol

    count = classify_file(options.csv, options.out, rules(find_protocol(options.protocol).mrd))
    say(f"{number_of(count, 'results')} classified in {options.out}.")


def grade(options: argparse.Namespace) -> None:
    """Laboratory values in, their CTCAE grades and reasons out."""
    from models.exchange.grade_csv import grade_file

    count = grade_file(options.csv, options.out, options.ctcae)
    say(f"{number_of(count, 'values')} graded in {options.out}.")


def survival(options: argparse.Namespace) -> None:
    """Times of follow-up in, every estimate of survival out."""
    from models.exchange.survival_csv import survival_file

    give_json(survival_file(options.csv))
