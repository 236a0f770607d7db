from models.cohort.headline import headline
from models.domain.notation import Desk
from models.protocols.loading import find_protocol
from tests.builders import dalba
from tests.models.cohort.people import count, person


def test_patients_are_followed_as_long_as_they_are_known_alive_whatever_endpoint_comes_first() -> None:
    one = person().assessed(57).seen(200)
    for protocol in (dalba(), find_protocol("all2820")):
        assert headline(count([one], protocol=protocol), Desk.ENGLISH) == (
            "1 enrolled · 1 reached remission · median follow-up 6.9 months (reverse Kaplan-Meier)"
        )


def test_where_nobody_is_enrolled_it_says_so() -> None:
    assert headline(count([person(enrolled=None)]), Desk.ENGLISH) == "nobody is enrolled yet"
