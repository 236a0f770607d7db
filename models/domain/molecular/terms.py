"""The words of molecular response: specimens, transcripts, what a laboratory calls a result, classes and alerts.

Apart from the rules, so that whoever only names a class or a transcript does not load them.
"""

BONE_MARROW = "BONE MARROW"
BLOOD = "BLOOD"
SPECIMENS = (BONE_MARROW, BLOOD)

P190 = "p190"
P210 = "p210"
TRANSCRIPTS = (P190, P210)

LAB_POSITIVE = "positive"
LAB_NON_QUANTIFIABLE = "positive non-quantifiable"
LAB_NOT_DETECTED = "not detected"
LAB_NOT_EVALUABLE = "not evaluable"
LAB_CATEGORIES = (LAB_POSITIVE, LAB_NON_QUANTIFIABLE, LAB_NOT_DETECTED, LAB_NOT_EVALUABLE)

COMPLETE = "complete"
NON_QUANTIFIABLE = "positive non-quantifiable"
POSITIVE = "positive"
NOT_EVALUABLE = "not evaluable"
CLASSES = (COMPLETE, NON_QUANTIFIABLE, POSITIVE, NOT_EVALUABLE)

EUROPEAN_COMPLETE = "MRD CR"
EUROPEAN_INTERMEDIATE = "intermediate"
EUROPEAN_FAILURE = "failure"
EUROPEAN_CLASSES = (EUROPEAN_COMPLETE, EUROPEAN_INTERMEDIATE, EUROPEAN_FAILURE, NOT_EVALUABLE)

RISE = "rise of MRD"
COMPLETE_TO_POSITIVE = "complete response to positive"
LOSS_OF_RESPONSE = "loss of molecular response"
