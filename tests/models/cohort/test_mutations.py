from collections import Counter
from decimal import Decimal

from models.cohort.cohort import Cohort
from models.cohort.mutations import Found, as_table
from models.domain.quantities import Quantity
from models.records.molecular import Mutation
from tests.builders import When
from tests.models.cohort.people import Person, count, person


def screened(one: Person, day: When, variant: str | None, fraction: int | None = None) -> Person:
    amount = Quantity(Decimal(fraction), "%") if fraction is not None else None
    result = "FOUND" if variant else "NONE"
    one.add(Mutation(collected=one.on(day), result=result, variant=variant, allele_fraction=amount))
    return one


def only(one: Person) -> Found:
    (found,) = count([one]).members[0].mutations
    return found


def test_the_demo_study_has_the_published_mutations_and_all_cleared(counted: Cohort) -> None:
    found = [mutation for member in counted.members for mutation in member.mutations]
    assert Counter(mutation.variant for mutation in found) == {"T315I": 5, "E255K": 1}
    assert all(mutation.day is not None and mutation.day <= 85 for mutation in found)
    assert all(mutation.cleared and "blinatumomab" in mutation.drugs for mutation in found)


def test_a_mutation_counts_from_the_first_test_that_found_it() -> None:
    found = only(screened(screened(person(), 57, "T315I", 20), 85, "T315I", 40))
    assert (found.day, found.phase) == (57, "induction")
    assert (found.fraction, found.cleared) == (Decimal(20), None)


def test_it_clears_with_the_first_valid_test_without_it() -> None:
    one = screened(person(), 57, "T315I").phase("blina-1", 86, 113)
    one.dose("dasatinib", 140, 1, 85).dose("blinatumomab", 28, 86, 113, unit="µg/day").dose("prednisone", 60, -7, 31)
    one.add(Mutation(collected=one.on(100), result="FAILED"))
    found = only(screened(one, 128, None))
    assert (found.cleared_day, found.cleared_in) == (128, "blina-1")
    assert found.drugs == ("dasatinib", "blinatumomab")


def test_another_mutation_found_later_shows_that_the_first_is_gone() -> None:
    first, second = count([screened(screened(person(), 57, "T315I"), 128, "E255K")]).members[0].mutations
    assert (first.variant, first.cleared_day, second.variant, second.cleared) == ("T315I", 128, "E255K", None)


def test_two_mutations_of_one_sample_do_not_clear_each_other() -> None:
    one = screened(screened(person(), 57, "T315I"), 57, "E255K")
    screened(screened(one, 85, "E255K"), 85, "T315I")
    found = count([screened(one, 128, None)]).members[0].mutations
    assert [(each.variant, each.day, each.cleared_day) for each in found] == [("T315I", 57, 128), ("E255K", 57, 128)]


def test_each_mutation_that_one_test_names_counts() -> None:
    one = screened(screened(person(), 57, "T315I / E255K"), 85, "p.Thr315Ile")
    found = count([one]).members[0].mutations
    assert [(each.variant, each.cleared_day) for each in found] == [("T315I", None), ("E255K", 85)]


def test_an_interruption_is_no_drug_given() -> None:
    one = screened(person(), 57, "T315I").dose("dasatinib", 140, 1, 57).dose("dasatinib", 0, 58)
    assert only(screened(one, 85, None)).drugs == ()


def test_a_test_whose_result_is_awaited_finds_nothing() -> None:
    one = person()
    one.add(Mutation(collected=one.on(57)))
    assert count([one]).members[0].mutations == ()


def test_the_table_has_a_line_a_mutation(counted: Cohort) -> None:
    table = as_table(counted.members, counted.protocol)
    assert len(table.rows) == 6
    assert table.rows[0].cells[9].values == ("Dasatinib, Blinatumomab",)
