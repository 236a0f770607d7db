"""The published data sets in `data/`, and the comparison of a number with how it is printed.

- lung: Loprinzi et al., J Clin Oncol 1994;12:601; veteran: Kalbfleisch and Prentice, The Statistical Analysis of
  Failure Time Data (1980); ovarian: Edmonson et al., Cancer Treat Rep 1979;63:241; aml: Embury et al., West J Med
  1977;126:267. All as in R's package survival.
- bmtcrr: Scrucca, Santucci and Aversa, Bone Marrow Transplant 2010;45:1388 (cause 1 relapse, 2 transplant-related
  death).
- cmprsk: the example in the tests of R's package cmprsk: 100 exponential times, groups, causes and strata from R's
  generator Marsaglia-Multicarry with seed 2.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

DATA = Path(__file__).parent / "data"
Row = dict[str, str]


def rows(name: str, **wanted: str) -> list[Row]:
    """The rows of a data set whose columns have the `wanted` texts."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if all(row[column] == text for column, text in wanted.items())]


def events(data: Sequence[Row]) -> tuple[list[float], list[bool]]:
    return [float(row["time"]) for row in data], [row["event"] == "1" for row in data]


def causes(data: Sequence[Row]) -> tuple[list[float], list[int]]:
    return [float(row["time"]) for row in data], [int(row["cause"]) for row in data]


def grouped(data: Sequence[Row], column: str = "group") -> dict[str, list[Row]]:
    return {name: [row for row in data if row[column] == name] for name in sorted({row[column] for row in data})}


def printed(value: float | None, like: str) -> str:
    """The value with as many decimals as `like` has."""
    assert value is not None
    return f"{value:.{len(like.partition('.')[2])}f}"
