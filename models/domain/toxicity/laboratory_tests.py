"""The laboratory tests that are known: codes, names, units. What they weigh under CTCAE stands in the scales.

Codes are CDISC's LBTESTCD (for QTc and temperature EGTESTCD and VSTESTCD), to be checked against the terminology
release in use.
"""

from enum import Enum
from functools import cache
from typing import NamedTuple

from models.domain.folding import fold
from models.domain.toxicity import units
from models.domain.toxicity.units import Unit


class Panel(Enum):
    """Where a test stands in the laboratory grid."""

    HAEMATOLOGY = "Haematology"
    COAGULATION = "Coagulation"
    CHEMISTRY = "Chemistry"
    BEDSIDE = "ECG and temperature"


class LabTest(NamedTuple):
    """One test: its code, the words shown, its units (the standard one first) and other names it goes by."""

    code: str
    label: str
    panel: Panel
    units: tuple[Unit, ...]
    other_names: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The standard unit."""
        return self.units[0].name

    @property
    def accepted_units(self) -> tuple[str, ...]:
        """Every unit that can be entered, the standard one first."""
        return tuple(unit.name for unit in self.units)


_H, _K, _C, _B = Panel.HAEMATOLOGY, Panel.COAGULATION, Panel.CHEMISTRY, Panel.BEDSIDE

TESTS: tuple[LabTest, ...] = (
    LabTest("WBC", "Leucocytes", _H, units.CELLS, ("white blood cells", "white cells", "leukocytes", "GB")),
    LabTest("NEUT", "Neutrophils", _H, units.CELLS, ("ANC", "absolute neutrophil count", "granulocytes")),
    LabTest("LYM", "Lymphocytes", _H, units.CELLS, ("LYMPH", "ALC")),
    LabTest("EOS", "Eosinophils", _H, units.CELLS),
    LabTest("MONO", "Monocytes", _H, units.CELLS),
    LabTest("CD4", "CD4 cells", _H, units.CELLS, ("CD4 lymphocytes", "CD4+ lymphocytes", "CD4 count")),
    LabTest("HGB", "Haemoglobin", _H, units.HAEMOGLOBIN, ("Hb",)),
    LabTest("PLAT", "Platelets", _H, units.CELLS, ("PLT", "platelet count", "thrombocytes")),
    LabTest("BLASTLE", "Blasts", _H, units.PERCENT, ("blasts in blood", "peripheral blasts")),
    LabTest("INR", "INR", _K, units.RATIO, ("prothrombin INR", "PT INR")),
    LabTest("APTT", "aPTT", _K, units.CLOTTING_TIME, ("PTT", "activated partial thromboplastin time")),
    LabTest("FIBRINO", "Fibrinogen", _K, units.FIBRINOGEN, ("FBG",)),
    LabTest("ANTHRM", "Antithrombin", _K, units.PERCENT, ("AT", "ATIII", "AT III", "antithrombin III")),
    LabTest("ALT", "ALT", _C, units.ENZYME, ("alanine aminotransferase", "GPT", "SGPT", "ALAT")),
    LabTest("AST", "AST", _C, units.ENZYME, ("aspartate aminotransferase", "GOT", "SGOT", "ASAT")),
    LabTest("BILI", "Bilirubin", _C, units.BILIRUBIN, ("total bilirubin", "blood bilirubin")),
    LabTest("ALP", "Alkaline phosphatase", _C, units.ENZYME, ("AP",)),
    LabTest("GGT", "GGT", _C, units.ENZYME, ("gamma-GT", "gamma glutamyltransferase")),
    LabTest("LDH", "LDH", _C, units.ENZYME, ("lactate dehydrogenase",)),
    LabTest("CREAT", "Creatinine", _C, units.CREATININE, ("CREA", "serum creatinine")),
    LabTest("UREA", "Urea", _C, units.UREA),
    LabTest("AMYLASE", "Amylase", _C, units.ENZYME, ("serum amylase",)),
    LabTest("LIPASET", "Lipase", _C, units.ENZYME, ("LIPASE", "LIP")),
    LabTest("CK", "Creatine kinase", _C, units.ENZYME, ("CPK",)),
    LabTest("SODIUM", "Sodium", _C, units.MONOVALENT, ("Na", "Na+")),
    LabTest("K", "Potassium", _C, units.MONOVALENT, ("K+",)),
    LabTest("CA", "Calcium, total", _C, units.CALCIUM, ("calcium", "total calcium", "Ca++")),
    LabTest("CACR", "Calcium, corrected", _C, units.CALCIUM, ("corrected calcium", "calcium corrected")),
    LabTest("CAION", "Calcium, ionised", _C, units.CALCIUM[:2], ("ionised calcium", "ionized calcium", "Ca2+")),
    LabTest("MG", "Magnesium", _C, units.MAGNESIUM, ("Mg++",)),
    LabTest("PHOS", "Phosphate", _C, units.PHOSPHATE, ("phosphorus", "P")),
    LabTest("BICARB", "Bicarbonate", _C, units.MONOVALENT, ("HCO3", "HCO3-")),
    LabTest("GLUC", "Glucose", _C, units.GLUCOSE, ("fasting glucose", "blood glucose", "glycaemia")),
    LabTest("URATE", "Uric acid", _C, units.URATE, ("urate",)),
    LabTest("ALB", "Albumin", _C, units.PROTEIN[:2], ("serum albumin",)),
    LabTest("PROT", "Total protein", _C, units.PROTEIN[:2], ("protein",)),
    LabTest("CHOL", "Cholesterol", _C, units.CHOLESTEROL, ("total cholesterol",)),
    LabTest("TRIG", "Triglycerides", _C, units.TRIGLYCERIDES),
    LabTest("HAPTOG", "Haptoglobin", _C, units.PROTEIN),
    LabTest("CRP", "C-reactive protein", _C, units.SMALL_PROTEIN),
    LabTest("QTCFAG", "QTc", _B, units.MILLISECONDS, ("QTcF", "QTcB", "QT corrected")),
    LabTest("TEMP", "Temperature", _B, units.CELSIUS, ("body temperature",)),
)


def find_test(text: str) -> LabTest | None:
    """The test of that code, label or usual name, in any case; None if none goes by it."""
    return _by_name().get(fold(text))


def known_test(code: str) -> LabTest:
    """The test of a code that is known to exist; an unknown one is a fault of the program (KeyError)."""
    return _by_code()[code]


@cache
def _by_code() -> dict[str, LabTest]:
    return {test.code: test for test in TESTS}


@cache
def _by_name() -> dict[str, LabTest]:
    return {fold(name): test for test in TESTS for name in (test.code, test.label, *test.other_names)}
