"""Kaplan-Meier and log-rank against what R's package survival prints for the same patients, to the last digit.

Sources: the package's own test outputs (aml: doaml, difftest), and printed outputs of survfit, summary(survfit) and
survdiff for its data sets; those with ten digits and more, from R 4.5.1 with survival 3.8.3 for aml, and from the test
fixtures of the Python packages Greenwood (lung) and scikit-survival (veteran), which were computed by R.
"""

import pytest

from models.statistics.survival import Curve, Step, kaplan_meier, logrank
from tests.models.statistics.data_sets import events, grouped, printed, rows

AML = """
    5 23 2 0 0.913043478261 0.694947537532 0.977515669901
    8 21 2 0 0.826086956522 0.600610411237 0.930903558387
    9 19 1 0 0.782608695652 0.554211506669 0.903207489882
    12 18 1 0 0.739130434783 0.509209438754 0.873375781698
    13 17 1 1 0.695652173913 0.465641749762 0.841721291392
    16 15 0 1 0.695652173913 0.465641749762 0.841721291392
    18 14 1 0 0.645962732919 0.413952950717 0.805307764482
    23 13 2 0 0.546583850932 0.319250413971 0.726449173821
    27 11 1 0 0.496894409938 0.275565628012 0.684213788448
    28 10 0 1 0.496894409938 0.275565628012 0.684213788448
    30 9 1 0 0.441683919945 0.227381168463 0.637092687460
    31 8 1 0 0.386473429952 0.182836618649 0.587476914418
    33 7 1 0 0.331262939959 0.141825693482 0.535273789989
    34 6 1 0 0.276052449965 0.104441343234 0.480284660417
    43 5 1 0 0.220841959972 0.0709966489829 0.422167443381
    45 4 1 1 0.165631469979 0.0421142812616 0.360361360273
    48 2 1 0 0.0828157349896 0.00695596679854 0.286760367981
    161 1 0 1 0.0828157349896 0.00695596679854 0.286760367981
"""
MAINTAINED = """
    9 11 1 0.909 0.0867
    13 10 1 0.818 0.1163
    18 8 1 0.716 0.1397
    23 7 1 0.614 0.1526
    31 5 1 0.491 0.1642
    34 4 1 0.368 0.1627
    48 2 1 0.184 0.1535
"""
NONMAINTAINED = """
    5 12 2 0.8333 0.1076
    8 10 2 0.6667 0.1361
    12 8 1 0.5833 0.1423
    23 6 1 0.4861 0.1481
    27 5 1 0.3889 0.1470
    30 4 1 0.2917 0.1387
    33 3 1 0.1944 0.1219
    43 2 1 0.0972 0.0919
"""
OVARIAN_1 = """
    59 13 1 0.923 0.0739
    115 12 1 0.846 0.1001
    156 11 1 0.769 0.1169
    268 10 1 0.692 0.1280
    329 9 1 0.615 0.1349
    431 8 1 0.538 0.1383
    638 5 1 0.431 0.1467
"""
OVARIAN_2 = """
    353 13 1 0.923 0.0739
    365 12 1 0.846 0.1001
    464 9 1 0.752 0.1256
    475 8 1 0.658 0.1407
    563 7 1 0.564 0.1488
"""
LUNG = """
    5 228 1 0.9956 0.00438
    11 227 3 0.9825 0.00869
    12 224 1 0.9781 0.00970
    13 223 2 0.9693 0.01142
    15 221 1 0.9649 0.01219
    26 220 1 0.9605 0.01290
"""
# Survival, standard error and log-log limits at times all through the study, some of them of censoring only.
LUNG_LIMITS = """
    240 0.6070460355613 0.03304060415686 0.5389753209335 0.6682440738841
    269 0.5806869700672 0.03364401063019 0.5117937087154 0.6433515607609
    310 0.4950242931809 0.0352327462467 0.4242440727848 0.5617959791407
    350 0.4523840406964 0.03569499158525 0.3813727581931 0.5206297469585
    353 0.4340441471546 0.03578394067427 0.3631654485095 0.5027294714666
    477 0.2932691937116 0.03507781849862 0.2265036771181 0.3630285996842
    550 0.2474666167242 0.0342329575621 0.183467456616 0.3166219122093
    728 0.1156930983445 0.02829819731769 0.06763215148883 0.1778251997003
    883 0.05034556807081 0.02284804891608 0.01786617109285 0.1086621760309
    1022 0.05034556807081 0.02284804891608 0.01786617109285 0.1086621760309
"""


def curve(name: str, **wanted: str) -> Curve:
    return kaplan_meier(*events(rows(name, **wanted)))


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n") if line.strip()]


def test_every_step_of_aml_with_its_log_log_limits() -> None:
    steps = curve("aml").steps
    for step, expected in zip(steps, table(AML), strict=True):
        counts, estimates = expected[:4], expected[4:]
        assert [f"{step.time:g}", *map(str, (step.at_risk, step.events, step.censored))] == counts
        shown = [
            printed(value, like) for value, like in zip((step.survival, step.lower, step.upper), estimates, strict=True)
        ]
        assert shown == estimates


@pytest.mark.parametrize(
    ("name", "group", "expected"),
    [
        ("aml", "maintained", MAINTAINED),
        ("aml", "nonmaintained", NONMAINTAINED),
        ("ovarian", "rx 1", OVARIAN_1),
        ("ovarian", "rx 2", OVARIAN_2),
    ],
)
def test_every_event_of_a_group_with_its_standard_error(name: str, group: str, expected: str) -> None:
    steps = [step for step in curve(name, group=group).steps if step.events and step.survival]
    assert [line_of(step, like) for step, like in zip(steps, table(expected), strict=True)] == table(expected)


def test_the_first_events_of_lung() -> None:
    expected = table(LUNG)
    assert [line_of(step, like) for step, like in zip(curve("lung").steps, expected, strict=False)] == expected


def line_of(step: Step, like: list[str]) -> list[str]:
    counts = [f"{step.time:g}", str(step.at_risk), str(step.events)]
    return [*counts, printed(step.survival, like[3]), printed(step.std_err, like[4])]


@pytest.mark.parametrize("expected", table(LUNG_LIMITS), ids=lambda expected: f"day {expected[0]}")
def test_the_log_log_limits_of_lung(expected: list[str]) -> None:
    (step,) = (step for step in curve("lung").steps if step.time == float(expected[0]))
    values = (step.survival, step.std_err, step.lower, step.upper)
    assert [printed(value, like) for value, like in zip(values, expected[1:], strict=True)] == expected[1:]


@pytest.mark.parametrize(("group", "at_risk"), [("male", [138, 62, 20, 7, 2]), ("female", [90, 53, 21, 3, 0])])
def test_the_numbers_at_risk_of_lung_by_sex(group: str, at_risk: list[int]) -> None:
    of_group = curve("lung", group=group)
    assert [of_group.at_risk(time) for time in (0, 250, 500, 750, 1000)] == at_risk


@pytest.mark.parametrize(
    ("name", "wanted", "total", "happened", "median"),
    [
        ("lung", {}, 228, 165, 310),
        ("lung", {"group": "male"}, 138, 112, 270),
        ("lung", {"group": "female"}, 90, 53, 426),
        ("veteran", {}, 137, 128, 80),
        ("veteran", {"treatment": "1"}, 69, 64, 103),
        ("veteran", {"treatment": "2"}, 68, 64, 52.5),  # the curve stays at exactly one half for a day
        ("veteran", {"group": "squamous"}, 35, 31, 118),
        ("veteran", {"group": "smallcell"}, 48, 45, 51),
        ("veteran", {"group": "adeno"}, 27, 26, 51),
        ("veteran", {"group": "large"}, 27, 26, 156),
        ("aml", {}, 23, 18, 27),
        ("aml", {"group": "maintained"}, 11, 7, 31),
        ("aml", {"group": "nonmaintained"}, 12, 11, 23),
    ],
)
def test_patients_events_and_median(
    name: str, wanted: dict[str, str], total: int, happened: int, median: float
) -> None:
    found = curve(name, **wanted)
    assert (found.total, found.events, found.median.value) == (total, happened, median)


def test_the_limits_of_the_median_are_where_the_limits_of_the_curve_reach_one_half() -> None:
    # In the table above the lower limit is at one half or below from 13 on, the upper one from 34 on.
    assert curve("aml").median == (27, 13, 34)


@pytest.mark.parametrize(
    ("times", "happened", "median"),
    [
        ([1, 2, 3, 4], [1, 1, 1, 1], 2.5),
        ([1, 2, 2.5, 4], [1, 1, 0, 1], 3),
        ([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 1], 3.5),
        ([1, 2, 3, 4, 5], [1, 1, 0, 1, 0], 4),
        ([1, 2], [1, 0], 1),
        ([1, 2, 3, 4], [1, 0, 0, 0], None),
        ([2, 4, 6], [0, 0, 0], None),
    ],
)
def test_the_median_of_a_curve_that_stays_at_one_half(times: list[float], happened: list[int], median: float) -> None:
    assert kaplan_meier(times, [event == 1 for event in happened]).median.value == median


@pytest.mark.parametrize(
    ("name", "statistic", "df", "p", "expected"),
    [
        ("lung", "10.326741954886", 1, "0.001311164520355", ["73.418260970427", "91.581739029573"]),
        ("ovarian", "1.06274", 1, "0.302591", ["5.23353", "6.76647"]),
        ("aml", "3.39638869898", 1, "0.0653393220405", ["10.6893359923", "7.3106640077"]),
        (
            "veteran",
            "25.4037003457854",
            3,
            "0.0000127124593900609",
            ["15.6937646143605", "34.5494783863493", "30.1020793268148", "47.6546776724754"],
        ),
    ],
)
def test_log_rank(name: str, statistic: str, df: int, p: str, expected: list[str]) -> None:
    found = logrank({group: events(data) for group, data in grouped(rows(name)).items()})
    assert found.statistic == pytest.approx(float(statistic), rel=1e-12 if len(statistic) > 10 else 1e-5)
    assert found.df == df
    assert found.p == pytest.approx(float(p), rel=1e-11 if len(p) > 10 else 1e-5)
    counts = found.groups.values()
    assert [printed(count.expected, like) for count, like in zip(counts, expected, strict=True)] == expected


def test_a_group_censored_before_the_first_event_changes_nothing() -> None:
    groups = {group: events(data) for group, data in grouped(rows("aml")).items()}
    alone = logrank(groups)
    found = logrank({"dummy": ([1, 2, 2, 3, 3, 3, 4], [False] * 7), **groups})
    assert (found.statistic, found.df, found.p) == pytest.approx((alone.statistic, 1, alone.p), rel=1e-12)
    assert found.groups["dummy"] == (7, 0, 0.0)
