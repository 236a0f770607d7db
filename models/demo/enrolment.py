"""Who the patients are: numbers, an identity that nobody can take for real, consent, eligibility, baseline."""

from collections.abc import Iterator
from datetime import date
from random import Random

from models.demo import workdays
from models.demo.roles import Role
from models.demo.timeline import Case, Timeline
from models.demo.values import month_of, on, quantity, weighted, year_of
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.model import Protocol
from models.records.disease import Disease, History, Lesion
from models.records.kind import Record
from models.records.patient import Consent, EligibilityAnswer, Identity, Patient

AMENDED_DAYS_AGO = 420
"""How many days ago the consent form was amended; those still in the study signed the new version."""

_CONDITIONS = (
    ("Hypertension", "GENERAL", True),
    ("Type 2 diabetes", "GENERAL", True),
    ("Hypothyroidism", "GENERAL", True),
    ("Appendicectomy", "GENERAL", False),
    ("Deep vein thrombosis", "GENERAL", False),
    ("Hip replacement", "GENERAL", False),
    ("Asthma", "GENERAL", True),
    ("Penicillin allergy", "ALLERGY", True),
    ("Melanoma in situ", "PRIOR CANCER", False),
)
_KARYOTYPES = (
    "46,{s},t(9;22)(q34;q11.2)[18]/46,{s}[2]",
    "46,{s},t(9;22)(q34;q11.2)[20]",
    "45,{s},-7,t(9;22)(q34;q11.2)[14]/46,{s}[6]",
    "47,{s},t(9;22)(q34;q11.2),+der(22)t(9;22)[11]/46,{s}[9]",
    "46,{s},del(9)(p13),t(9;22)(q34;q11.2)[16]/46,{s}[4]",
)
_GROWN_UP = 18
"""Earlier illnesses are those of adults."""
_PARTNERS = ("CDKN2A", "CDKN2B", "PAX5")
_FAILURES = (
    ("I1", "BCR::ABL1 not found by the central laboratory"),
    ("E2", "Epilepsy under treatment"),
    ("E5", "Breast cancer under treatment"),
)


def patient(
    role: Role, screening_number: str, subject_number: str | None, screened: int, enrolled: int | None
) -> Patient:
    """The patient record itself."""
    return Patient(
        screening_number=screening_number,
        subject_number=subject_number,
        screened=on(screened),
        sex=role.sex,
        age=role.age,
        enrolled=on(enrolled) if enrolled is not None else None,
        synthetic=True,
    )


def identity(rng: Random, number: str, age: int, consented: int) -> Identity:
    """A name that says what it is, and a date of birth that agrees with the age at consent."""
    day = date.fromordinal(consented)
    born = date(day.year - age, day.month, min(day.day, 28)).toordinal() - rng.randint(0, 360)
    return Identity(
        family_name=f"Synthetic {number}",
        given_name="Patient",
        birth_date=on(born),
        hospital_number=f"SYN-{number:0>4}",
    )


def consents(case: Case, days: Timeline) -> Iterator[Record]:
    """The form signed first, and the amended one where the patient was still in the study."""
    amended = case.today - AMENDED_DAYS_AGO
    first = "3.0" if days.consented < amended else "4.0"
    yield Consent(version=first, signed=on(days.consented), taken_by="Study physician")
    ended = days.left or days.death or case.today
    again = workdays.after(amended + case.rng.randint(5, 60))
    if first == "3.0" and again < ended:
        yield Consent(version="4.0", signed=on(again), taken_by="Study physician")


def eligibility(protocol: Protocol, rng: Random, age: int, assessed: int, failed: str = "") -> Iterator[Record]:
    """An answer to every criterion; `failed` is the one that kept the person out."""
    for criterion in protocol.criteria:
        wrong = criterion.code == failed
        yield EligibilityAnswer(
            criterion=criterion.code,
            answer="YES" if criterion.exclusion is wrong else "NO",
            value=_value(criterion.unit, rng, age) if criterion.comparison else None,
            assessed=on(assessed),
        )


def _value(unit: str, rng: Random, age: int) -> Quantity:
    text = {
        "years": str(age),
        "mL/min": str(rng.randint(58, 128)),
        "x ULN": f"{rng.uniform(0.4, 1.4):.1f}",
    }.get(unit, str(rng.randint(0, 2)))
    return quantity(text, unit)


def baseline(case: Case, days: Timeline) -> Iterator[Record]:
    """The leukaemia as it was found, copy-number calls and earlier illnesses."""
    role, rng = case.role, case.rng
    found = days.done("BL") or case.first - 1
    yield Disease(
        diagnosed=on(workdays.before(days.consented - rng.randint(0, 3))),
        transcript=role.transcript,
        white_cells=quantity(str(role.white_cells), "10^9/L"),
        marrow_blasts=quantity(str(rng.randint(55, 97)), "%"),
        blood_blasts=quantity(str(rng.randint(10, 90)), "%"),
        cns_status="CNS2" if role.white_cells > 150 else "CNS1",
        ecog=str(rng.choice((0, 1, 1, 2))),
        karyotype=rng.choice(_KARYOTYPES).format(s="XX" if role.sex == "F" else "XY"),
        fish=f"BCR::ABL1 fusion in {rng.randint(140, 196)} of 200 nuclei",
        immunophenotype="CD19+ CD10+ CD34+ TdT+" + rng.choice(("", ", CD13+", ", CD33+")),
    )
    yield from _lesions(role, rng, on(found))
    for term, category, lasting in rng.sample(_CONDITIONS, min(rng.choice((0, 1, 1, 2, 3)), role.age // 20)):
        began = days.consented - round(rng.randint(400, 9000) * min(1, (role.age - _GROWN_UP) / 40))
        yield History(
            term=term,
            category=category,
            began=year_of(began) if rng.random() < 0.6 else month_of(began),
            ended=None if lasting else year_of(began),
            ongoing=lasting,
        )


def _lesions(role: Role, rng: Random, collected: PartialDate) -> Iterator[Record]:
    """Raw calls that make the class of the role; no calls at all where the test was not done."""
    if role.ikzf1 == "not done":
        return
    calls = dict.fromkeys(("IKZF1", *_PARTNERS, "PAR1", "ERG", "BTG1", "ETV6", "RB1", "EBF1"), "not deleted")
    if role.ikzf1 == "failed":
        calls = dict.fromkeys(calls, "failed")
    elif role.ikzf1 == "plus":
        calls["IKZF1"] = "deleted"
        for gene in rng.sample(_PARTNERS, rng.randint(1, 3)):
            calls[gene] = "deleted"
    elif role.ikzf1 == "only":
        calls["IKZF1"] = "deleted"
    elif rng.random() < 0.3:
        calls[rng.choice(_PARTNERS)] = "deleted"
    method = weighted(rng, ("MLPA", 0.7), ("SNP ARRAY", 0.3))
    for gene, call in calls.items():
        exons = rng.choice(("Exons 4-7", "Exons 1-8", "Exons 2-7")) if gene == "IKZF1" and call == "deleted" else None
        yield Lesion(gene=gene, call=call, method=method, collected=collected, comment=exons)


def screen_failure(protocol: Protocol, rng: Random, number: int, screening_number: str, screened: int) -> list[Record]:
    """A person who was screened and not enrolled, with the criterion that was not met."""
    code, reason = _FAILURES[number % len(_FAILURES)]
    age = rng.randint(35, 70)
    return [
        Patient(
            screening_number=screening_number,
            screened=on(screened),
            sex=rng.choice(("F", "M")) if code != "E5" else "F",
            age=age,
            screen_failure=on(workdays.after(screened + rng.randint(3, 6))),
            screen_failure_reason=reason,
            synthetic=True,
        ),
        identity(rng, f"S{number:03d}", age, screened),
        Consent(version="3.0", signed=on(screened), taken_by="Study physician"),
        *eligibility(protocol, rng, age, workdays.after(screened + 2), failed=code),
    ]
