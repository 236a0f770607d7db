import pytest

from models.domain.molecular.variants import changes, parts


@pytest.mark.parametrize("name", ["T315I", "p.T315I", "p.Thr315Ile", "p.(Thr315Ile)", " Thr315Ile "])
def test_the_same_exchange_of_amino_acids_reads_the_same_however_it_is_written(name: str) -> None:
    assert changes(name) == ("T315I",)


@pytest.mark.parametrize("name", ["T315I/E255K", "T315I, E255K", "p.Thr315Ile + p.Glu255Lys", "T315I; E255K; T315I"])
def test_a_name_may_list_several_changes(name: str) -> None:
    assert changes(name) == ("T315I", "E255K")


@pytest.mark.parametrize("name", ["c.944C>T", "p.Cys475fs", "p.248_274del", "exon 7 deleted"])
def test_whatever_is_no_exchange_stays_as_it_is_written(name: str) -> None:
    assert changes(name) == (name,)


def test_the_parts_of_a_name_stand_as_they_are_written() -> None:
    assert parts(" p.Thr315Ile / E255K") == ("p.Thr315Ile", "E255K")
