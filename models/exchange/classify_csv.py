"""A CSV file of MRD results in, the same file with ratio, class and reason out."""

from decimal import Decimal
from pathlib import Path

from models.domain.errors import TrialError
from models.domain.findings import Finding, errors_of, warnings_of
from models.domain.molecular.checks import check_sample
from models.domain.molecular.classification import Classification, classify
from models.domain.molecular.logs import divide, significant
from models.domain.molecular.rules import EUROPEAN_RULE, MrdRules
from models.domain.molecular.sample import MrdSample
from models.domain.molecular.terms import (
    BLOOD,
    BONE_MARROW,
    LAB_NON_QUANTIFIABLE,
    LAB_NOT_DETECTED,
    LAB_NOT_EVALUABLE,
    LAB_POSITIVE,
    NOT_EVALUABLE,
    P190,
    P210,
)
from models.domain.notation import Desk, read_quantity
from models.domain.partial_dates import PartialDate, Special
from models.domain.quantities import Quantity
from models.domain.sentence import write_sentence
from models.exchange.csv_file import Answered, CsvRow, read_rows, refuse_same_file, write_rows

COLUMNS = ("transcript", "specimen", "target_copies", "control_copies", "lab_category", "baseline_ratio")
ADDED_COLUMNS = (
    *("ratio_percent", "sensitivity_percent", "log_reduction"),
    *("class", "class_european", "rule", "reason"),
)

# What laboratories write for the same thing; compared without regard to capitals, hyphens and underscores.
_BOTH = "both"  # one number for the two together: classed as p190 is, and no class asks which of them it was
_TRANSCRIPTS = {"p190": P190, "e1a2": P190, "p210": P210, "both": _BOTH} | dict.fromkeys(
    ("e13a2", "e14a2", "b2a2", "b3a2"), P210
)
_BOTH_REMARK = "transcript: This one class is of the two together. Each in a row of its own has its own class."
_SPECIMENS = dict.fromkeys(("bone marrow", "marrow", "bm"), BONE_MARROW) | dict.fromkeys(
    ("blood", "peripheral blood", "pb"), BLOOD
)
_CATEGORIES = (
    dict.fromkeys(("positive", "quantifiable", "positive quantifiable"), LAB_POSITIVE)
    | dict.fromkeys(("positive non quantifiable", "positive not quantifiable", "pnq"), LAB_NON_QUANTIFIABLE)
    | dict.fromkeys(("not detected", "undetected", "undetectable", "negative", "complete", "cmr"), LAB_NOT_DETECTED)
    | dict.fromkeys(("not evaluable", "ne"), LAB_NOT_EVALUABLE)
)
_HUNDRED = Decimal(100)
_HIGHEST_FRACTION = Decimal(10)  # ten times more target than control: a plain number above was meant as percent
_SIGNIFICANT_DIGITS = 6


def classify_file(source: Path, target: Path, rules: MrdRules) -> Answered:
    """Classify every row of `source` under `rules`, write `target`, and tell how many rows there were.

    `source` needs the `COLUMNS`, in any order. Numbers have a decimal point. `lab_category` and `baseline_ratio` may
    be empty. `baseline_ratio` is a fraction where it is a plain number (0.45), and percent where it says so (45%).
    `target` repeats every column and adds the `ADDED_COLUMNS`. A row with a cell that cannot be read, or with an
    impossible value, is not evaluable, and its reason names the cell. Whether a patient is in haematologic remission
    is not in the file: the European class holds only there.

    Raises:
        TrialError: the file cannot be read or written as a whole.
    """
    refuse_same_file(source, target)
    table = read_rows(source, COLUMNS, reserved=ADDED_COLUMNS)
    rule = rules_named(rules)
    rows, refused = [], 0
    for row in table.rows:
        try:
            added = _added(row, rules, rule)
        except TrialError as problem:
            added = ["", "", "", NOT_EVALUABLE, NOT_EVALUABLE, rule, _plain_spaces(str(problem))]
            refused += 1
        rows.append([*row.cells.values(), *added])
    write_rows(target, (*table.header, *ADDED_COLUMNS), rows)
    return Answered(len(rows), refused)


def _added(row: CsvRow, rules: MrdRules, rule: str) -> list[str]:
    """The cells to add to one row, in the order of `ADDED_COLUMNS`; a TrialError where it is not to be classified."""
    transcript = _word(row, "transcript", _TRANSCRIPTS)
    sample = _sample(row, rules, P190 if transcript == _BOTH else transcript)
    baseline, remark = _baseline(row)
    findings = check_sample(sample, rules)
    impossible = errors_of(findings)
    if impossible:
        raise TrialError(" ".join(map(_finding_words, impossible)))
    remarks = (*map(_finding_words, warnings_of(findings)), remark, _BOTH_REMARK if transcript == _BOTH else "")
    return classified(classify(sample, rules, baseline), rule, *remarks)


def classified(result: Classification, rule: str, *remarks: str) -> list[str]:
    """What the rules say about one result, in the order of `ADDED_COLUMNS`."""
    sentences = (
        write_sentence(result.protocol_class.reason, Desk.ENGLISH),
        write_sentence(result.disagreement, Desk.ENGLISH),
        f"European: {write_sentence(result.european_class.reason, Desk.ENGLISH)}",
        *remarks,
    )
    return [
        *_numbers(result),
        result.protocol_class.value,
        result.european_class.value,
        rule,
        _plain_spaces(" ".join(filter(None, sentences))),
    ]


def rules_named(rules: MrdRules) -> str:
    """The rule sets that give the classes."""
    return f"{rules.id} {rules.version}; {EUROPEAN_RULE.id} {EUROPEAN_RULE.version}"


def _finding_words(finding: Finding) -> str:
    return f"{finding.field}: {write_sentence(finding.message, Desk.ENGLISH)}"


def _numbers(result: Classification) -> list[str]:
    """Ratio, sensitivity and log reduction as text, empty where there is none."""
    ratio = "" if result.percent is None else f"{result.ratio_qualifier}{_digits(result.percent)}"
    sensitivity = "" if result.sensitivity_percent is None else _digits(result.sensitivity_percent)
    reduction = result.log_reduction
    return [ratio, sensitivity, "" if reduction is None else f"{reduction.qualifier}{reduction.value:f}"]


def _digits(value: Decimal) -> str:
    return f"{significant(value, _SIGNIFICANT_DIGITS):f}"


def _sample(row: CsvRow, rules: MrdRules, transcript: str) -> MrdSample:
    """The row as a sample; a TrialError names the cell that cannot be read."""
    return MrdSample(
        key=row.line,
        collected=PartialDate(special=Special.UNKNOWN),
        day=None,
        transcript=transcript,
        specimen=_word(row, "specimen", _SPECIMENS),
        target_copies=_number(row, "target_copies"),
        control_copies=_number(row, "control_copies"),
        control_gene=rules.usual_control_gene,
        lab_category=_word(row, "lab_category", _CATEGORIES) if row.cells["lab_category"].strip() else None,
    )


def _word(row: CsvRow, column: str, known: dict[str, str]) -> str:
    typed = row.cells[column].strip()
    word = known.get(" ".join(typed.casefold().replace("-", " ").replace("_", " ").split()))
    if word is None:
        what = f"“{typed}” is not known" if typed else "it is empty"
        raise TrialError(f"{column}: {what}. It is one of: {', '.join(dict.fromkeys(known.values()))}.")
    return word


def _number(row: CsvRow, column: str) -> Quantity | None:
    if not row.cells[column].strip():
        return None
    try:
        return read_quantity(row.cells[column], ("copies",), Desk.ENGLISH)
    except TrialError as problem:
        raise TrialError(f"{column}: {problem}") from problem


def _baseline(row: CsvRow) -> tuple[Decimal | None, str]:
    """The baseline ratio as a fraction, and a remark where it is there but cannot be used."""
    if not row.cells["baseline_ratio"].strip():
        return None, ""
    try:
        ratio = read_quantity(row.cells["baseline_ratio"], ("", "%"), Desk.ENGLISH)
    except TrialError as problem:
        raise TrialError(f"baseline_ratio: {problem}") from problem
    fraction = divide(ratio.value, _HUNDRED) if ratio.unit == "%" else ratio.value
    if fraction < 0:
        raise TrialError("baseline_ratio: it cannot be below zero.")
    if fraction == 0 or not ratio.exact:
        return None, "baseline_ratio: no log reduction can be counted from it, because it is not a number above zero."
    if fraction > _HIGHEST_FRACTION and ratio.unit != "%":
        return (
            None,
            f"baseline_ratio: {ratio.value:f} is too high for a fraction. Percent are written with a percent sign.",
        )
    return fraction, ""


def _plain_spaces(text: str) -> str:
    """Ordinary spaces between groups of digits, for programs that do not know the narrow ones."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ")
