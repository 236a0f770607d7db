from datetime import UTC, datetime
from io import BytesIO

from models.domain.date_notation import NO_MOMENT
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.printing import Printing
from models.queries.accounts import Tenure
from models.records.people import Training
from models.reports.access_list import access_list
from tests.models.reports.reading import page_texts

BEGIN, END = datetime(2026, 1, 5, 9, 30, tzinfo=UTC), datetime(2026, 6, 1, 17, 0, tzinfo=UTC)
NERI = Tenure("neri", "Marco <Neri>", "monitor", BEGIN, END)


def text(*tenures: Tenure, trainings: tuple[Training, ...] = ()) -> str:
    out = BytesIO()
    access_list(
        tenures,
        trainings,
        out,
        Printing("LAL2116", "042", "A. Verdi", datetime(2026, 10, 2, 8, 5, tzinfo=UTC), Desk.ENGLISH, "0.1.0"),
    )
    return " ".join(page_texts(out.getvalue()))


def test_each_role_of_a_person_has_its_line_with_its_time() -> None:
    found = text(NERI, NERI._replace(role="investigator", since=END, until=None))
    assert "Marco <Neri> neri Monitor 5 Jan 2026, 09:30 UTC+00:00 1 Jun 2026, 17:00 UTC+00:00" in found
    assert "Marco <Neri> neri Investigator 1 Jun 2026, 17:00 UTC+00:00 has access" in found


def test_a_moment_that_cannot_be_read_is_said_to_be_so() -> None:
    assert "Monitor [no moment" in text(NERI._replace(since=NO_MOMENT))


def test_training_stands_under_the_printed_name() -> None:
    training = Training(
        id=1, login="neri", subject="Good clinical practice", given=PartialDate(2026, 3), comment="Online"
    )
    assert "Marco <Neri> Good clinical practice Mar 2026 Online" in text(NERI, trainings=(training,))


def test_without_training_it_says_so() -> None:
    assert "No training has been entered." in text(NERI)
