"""The span in which each laboratory test of a living patient lies, in the test's standard unit.

The limits are the program's own, no clinical rule and no reference range (see `domain.plausible`). They leave room for
the extremes of acute leukaemia and its treatment: hyperleucocytosis, aplasia, tumour lysis, uric acid under
rasburicase, fibrinogen and triglycerides under asparaginase, liver failure. Within that they stand so that a value
typed in the wrong unit falls outside where it can: haemoglobin in g/L for g/dL, creatinine in mg/dL for umol/L,
neutrophils in /uL for 10^9/L.
"""

from collections.abc import Mapping

from models.domain.plausible import Span, span

SPANS: Mapping[str, Span] = {
    "WBC": span("0", "1500"),
    "NEUT": span("0", "200"),
    "LYM": span("0", "1500"),
    "EOS": span("0", "500"),
    "MONO": span("0", "500"),
    "CD4": span("0", "20"),
    "HGB": span("1.5", "25"),
    "PLAT": span("0", "5000"),
    "BLASTLE": span("0", "100"),
    "INR": span("0.5", "30"),
    "APTT": span("10", "400"),
    "FIBRINO": span("0", "20"),
    "ANTHRM": span("0", "300"),
    "ALT": span("1", "50000"),
    "AST": span("1", "50000"),
    "BILI": span("1", "1500"),
    "ALP": span("1", "20000"),
    "GGT": span("1", "20000"),
    "LDH": span("10", "100000"),
    "CREAT": span("8", "4000"),
    "UREA": span("0.3", "150"),
    "AMYLASE": span("1", "50000"),
    "LIPASET": span("0", "100000"),
    "CK": span("1", "1000000"),
    "SODIUM": span("90", "210"),
    "K": span("1", "14"),
    "CA": span("0.5", "7"),
    "CACR": span("0.5", "7"),
    "CAION": span("0.2", "4"),
    "MG": span("0.1", "12"),
    "PHOS": span("0.05", "15"),
    "BICARB": span("1", "70"),
    "GLUC": span("0.2", "150"),
    "URATE": span("6", "4000"),
    "ALB": span("5", "80"),
    "PROT": span("15", "200"),
    "CHOL": span("0.2", "70"),
    "TRIG": span("0.1", "150"),
    "HAPTOG": span("0", "15"),
    "CRP": span("0", "1000"),
    "QTCFAG": span("200", "900"),
    "TEMP": span("20", "45"),
}
"""By LBTESTCD; every test of `laboratory_tests` has one."""
