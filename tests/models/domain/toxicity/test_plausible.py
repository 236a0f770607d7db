"""Every laboratory test has a plausible span, and no span of a test that nobody knows."""

from models.domain.toxicity.laboratory_tests import TESTS
from models.domain.toxicity.plausible import SPANS


def test_every_laboratory_test_has_a_span_with_its_limits_in_order() -> None:
    assert SPANS.keys() == {test.code for test in TESTS}
    assert all(span.low < span.high for span in SPANS.values())
