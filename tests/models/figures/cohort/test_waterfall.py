from models.cohort.cohort import Cohort
from models.cohort.waterfall import Waterfall
from models.figures.cohort.waterfall import waterfall
from models.figures.style import DrawOptions
from tests.models.figures.cohort.seeing import place, places
from tests.models.figures.seeing import words

SCREEN = DrawOptions()


def test_the_bars_stand_in_the_order_of_the_table(demo: Cohort) -> None:
    found = demo.waterfalls["C2"]
    bars = sorted(places(waterfall(found, SCREEN)), key=lambda hit: hit.left)
    assert [hit.patients for hit in bars] == [(bar.who,) for bar in found.bars]


def test_a_deeper_reduction_has_a_longer_bar(demo: Cohort) -> None:
    bars = sorted(places(waterfall(demo.waterfalls["C2"], SCREEN)), key=lambda hit: hit.left)
    assert bars[-1].top - bars[-1].bottom > bars[0].top - bars[0].bottom


def test_a_bar_tells_reduction_and_class(demo: Cohort) -> None:
    first = demo.waterfalls["C2"].bars[0]
    lines = place(waterfall(demo.waterfalls["C2"], SCREEN), first.who.label).lines
    assert lines == (f"{first.who.label}: {first.reduction.value:.2f} log below baseline", first.outcome)


def test_who_has_no_bar_is_told_and_can_be_pointed_at(demo: Cohort) -> None:
    found = demo.waterfalls["C2"]
    without = Waterfall(found.visit, found.label, found.bars[2:], tuple(bar.who for bar in found.bars[:2]))
    hit = place(waterfall(without, SCREEN), "Without a bar")
    assert hit.patients == without.without


def test_bars_too_narrow_to_be_told_apart_stand_for_several(many: Cohort) -> None:
    found = many.waterfalls["C2"]
    drawing = waterfall(found, SCREEN)
    assert any(text.startswith("Each bar stands for up to 2 patients") for text in words(drawing))
    assert sum(len(hit.patients) for hit in places(drawing)) == len(found.bars)
