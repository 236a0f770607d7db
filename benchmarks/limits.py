"""What AlbaTrack promises about speed, each promise once, with the sizes it is measured at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Patients of the studies measured: full records, and thin ones (enrolment and last result only).

    `trail` counts the rows of the audit trail that is verified.
    """

    small: int
    full: int
    thin: int
    trail: int


PROMISED = Sizes(small=63, full=10_000, thin=100_000, trail=1_000_000)
QUICK = Sizes(small=63, full=1_000, thin=5_000, trail=50_000)
"""For a fast look while working on something: it shows the direction, and proves no promise."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A promise: its key, its words, and the most that may be measured, in its unit.

    The unit "x" is a ratio of two figures taken in turn in the same run, so that it means the same on any machine.
    """

    key: str
    what: str
    most: float
    unit: str


def limits(sizes: Sizes) -> tuple[Limit, ...]:
    """Every promise, in the order of the table."""
    small, full, thin = f"{sizes.small}", f"{sizes.full:,}", f"{sizes.thin:,}"
    # A quick run makes fewer patients, so it gets as much less time.
    share_full, share_thin = sizes.full / PROMISED.full, sizes.thin / PROMISED.thin
    return (
        Limit(
            "start",
            f"Start and sign-in to usable Today page, {small} patients, against a bare PySide6 window with SQLAlchemy "
            "imported; without the key derivation of a real study, which the demo's passwords do not ask for",
            1.5,
            "x",
        ),
        Limit("open-small", f"Opening a patient, curve drawn, {small} patients in the study", 150, "ms"),
        Limit("open-full", f"Opening a patient, curve drawn, {full} patients in the study", 150, "ms"),
        Limit("open-ratio", f"Opening a patient with {full} patients, against {small}", 1.2, "x"),
        Limit("search-full", f"Patient search, slowest keystroke, {full} patients", 30, "ms"),
        Limit("search-thin", f"Patient search, slowest keystroke, {thin} patients", 100, "ms"),
        Limit(
            "saving",
            "Saving an MRD result, against one plain durable SQLite transaction writing the same bytes",
            3,
            "x",
        ),
        Limit("unlock-time", "Unlocking a study, from the password to the open study", 1_000, "ms"),
        Limit("unlock-rest", "Of which is not the derivation of the key", 0.5, "x"),
        Limit(
            "encrypted-open",
            f"Opening a study of {full} patients until the list of today is known, against the same file unencrypted",
            1.5,
            "x",
        ),
        Limit(
            "verify",
            f"Verifying {sizes.trail:,} rows of the audit trail and the data against them",
            15 * sizes.trail / PROMISED.trail,
            "s",
        ),
        Limit(
            "paper",
            "Visit summary, against ReportLab writing the same page without the figure plus matplotlib building the "
            "figure once",
            2,
            "x",
        ),
        Limit("statements", "SQL statements of a patient page, many records against few", 1, "x"),
        Limit("cohort-cold", f"Opening the Cohort page for the first time, {small} patients", 1_000, "ms"),
        Limit("cohort-warm", f"Opening the Cohort page again, {small} patients", 200, "ms"),
        Limit(
            "cohort-arrays",
            f"Survival, incidence and response of {full} patients from ready-made arrays, against pandas and "
            "statsmodels on the same arrays",
            1.5,
            "x",
        ),
        Limit(
            "cohort-members",
            f"The same from {full} counted patients, the protocol's rules applied to each, against the same arrays",
            1.5,
            "x",
        ),
        Limit(
            "cohort-command",
            f"The whole command cohort --json from the encrypted records of {full} patients, every table and curve, "
            "against a program that loads the same arrays and makes the same estimates with pandas and statsmodels",
            1.5,
            "x",
        ),
        Limit("cohort-linear", f"Counting a patient of {full}, against one of {sizes.full // 10:,}", 1.2, "x"),
        Limit("memory", f"Memory of the window with a patient open, {full} patients in the study", 350, "MB"),
        Limit("demo-full", f"Making a demo study of {full} patients with full records", 600 * share_full, "s"),
        Limit("demo-thin", f"Making a demo study of {thin} patients with thin records", 300 * share_thin, "s"),
    )
