"""The codelists of the record: CDISC submission values where CDISC has them, with the words shown for each."""

from models.domain.fields import Codelist

SEX = Codelist("Sex", {"F": "Female", "M": "Male"})
PATIENT_STATUS = Codelist(
    "Status",
    {
        "SCREENING": "Screening",
        "SCREEN FAILURE": "Screen failure",
        "ENROLLED": "Enrolled",
        "ON TREATMENT": "On treatment",
        "FOLLOW-UP": "Follow-up",
        "OFF STUDY": "Off study",
        "DEAD": "Died",
    },
)
SPECIMEN = Codelist("Specimen", {"BONE MARROW": "Bone marrow", "BLOOD": "Peripheral blood"})
TRANSCRIPT = Codelist("Transcript", {"p190": "p190 (e1a2)", "p210": "p210 (e13a2 / e14a2)"})
TRANSCRIPT_AT_DIAGNOSIS = Codelist(
    "Transcript at diagnosis", {"p190": "p190 (e1a2)", "p210": "p210 (e13a2 / e14a2)", "both": "p190 and p210"}
)
LAB_CATEGORY = Codelist(
    "Laboratory's category",
    {
        "not detected": "Not detected",
        "positive non-quantifiable": "Positive, non-quantifiable",
        "positive": "Positive, quantifiable",
        "not evaluable": "Not evaluable",
    },
)
CONTROL_GENE = Codelist("Control gene", {"ABL1": "ABL1", "GUSB": "GUSB"})
ELIGIBILITY_ANSWER = Codelist("Answer", {"YES": "Yes", "NO": "No", "WAIVED": "Waived", "UNKNOWN": "Not known yet"})
CNS_STATUS = Codelist(
    "CNS status",
    {
        "CNS1": "CNS1: no blasts",
        "CNS2": "CNS2: blasts, under 5 cells per µL",
        "CNS3": "CNS3: blasts, 5 or more cells per µL, or clinical signs",
        "NOT DONE": "Not examined",
    },
)
ECOG = Codelist(
    "ECOG",
    {
        "0": "0: fully active",
        "1": "1: light work possible",
        "2": "2: up and about, no work",
        "3": "3: limited self-care",
        "4": "4: wholly disabled",
    },
)
GENE = Codelist(
    "Gene",
    {
        "IKZF1": "IKZF1",
        "CDKN2A": "CDKN2A",
        "CDKN2B": "CDKN2B",
        "PAX5": "PAX5",
        "PAR1": "PAR1 region",
        "ERG": "ERG",
        "BTG1": "BTG1",
        "ETV6": "ETV6",
        "RB1": "RB1",
        "EBF1": "EBF1",
    },
)
LESION_CALL = Codelist("Call", {"deleted": "Deleted", "not deleted": "Not deleted", "failed": "Test failed"})
LESION_METHOD = Codelist("Method", {"MLPA": "MLPA", "SNP ARRAY": "SNP array", "NGS": "Sequencing", "OTHER": "Other"})
VISIT_STATUS = Codelist("Visit", {"DONE": "Took place", "MISSED": "Missed", "SKIPPED": "Skipped, with a reason"})
DOSE_REASON = Codelist(
    "Reason for the dose",
    {
        "PLANNED": "As planned",
        "ADVERSE EVENT": "Adverse event",
        "LABORATORY": "Laboratory value",
        "PROTOCOL": "Required by the protocol",
        "LOGISTICS": "Supply or logistics",
        "MISSED": "Forgotten or missed",
        "PHYSICIAN DECISION": "Physician's decision",
        "PATIENT DECISION": "Patient's decision",
        "DISEASE": "Disease",
    },
)
PHASE_END = Codelist(
    "How it ended",
    {
        "COMPLETED": "Completed",
        "ADVERSE EVENT": "Stopped for an adverse event",
        "RELAPSE": "Relapse",
        "TRANSPLANT": "Transplant",
        "PHYSICIAN DECISION": "Physician's decision",
        "PATIENT DECISION": "Patient's decision",
        "DEATH": "Death",
    },
)
PURPOSE = Codelist(
    "Purpose",
    {
        "MRD": "MRD",
        "MUTATION": "ABL1 mutation test",
        "COPY NUMBER": "Copy-number calls",
        "HLA": "HLA typing",
        "OTHER": "Other",
    },
)
MUTATION_RESULT = Codelist("Result", {"FOUND": "Mutation found", "NONE": "No mutation", "FAILED": "Test failed"})
RESPONSE = Codelist(
    "Haematologic response",
    {
        "CR": "Complete remission",
        "CRh": "Complete remission, partial recovery",
        "CRi": "Complete remission, incomplete recovery",
        "NR": "No remission",
        "RELAPSE": "Relapse",
        "NE": "Not evaluable",
    },
)
RELAPSE_SITE = Codelist(
    "Site", {"MARROW": "Marrow or blood", "CNS": "Central nervous system", "NODE": "Lymph node", "OTHER": "Other site"}
)
GRADE = Codelist(
    "Grade",
    {"1": "1: mild", "2": "2: moderate", "3": "3: severe", "4": "4: life-threatening", "5": "5: death"},
)
OUTCOME = Codelist(
    "Outcome",
    {
        "NOT RECOVERED/NOT RESOLVED": "Not recovered",
        "RECOVERING/RESOLVING": "Recovering",
        "RECOVERED/RESOLVED": "Recovered",
        "RECOVERED/RESOLVED WITH SEQUELAE": "Recovered with sequelae",
        "FATAL": "Fatal",
        "UNKNOWN": "Unknown",
    },
)
SERIOUSNESS = Codelist(
    "Seriousness criteria",
    {
        "AESDTH": "Results in death",
        "AESLIFE": "Life-threatening at the time",
        "AESHOSP": "Hospital stay, or a longer one",
        "AESDISAB": "Lasting or marked disability",
        "AESCONG": "Birth defect",
        "AESMIE": "Other medically important event",
    },
)
CAUSALITY = Codelist(
    "Causality",
    {
        "NOT RELATED": "Not related",
        "UNLIKELY RELATED": "Unlikely",
        "POSSIBLY RELATED": "Possible",
        "RELATED": "Related",
    },
)
ACTION = Codelist(
    "Action taken",
    {
        "DOSE NOT CHANGED": "None",
        "DOSE REDUCED": "Dose reduced",
        "DOSE RATE REDUCED": "Rate reduced",
        "DRUG INTERRUPTED": "Interrupted",
        "DRUG WITHDRAWN": "Stopped for good",
        "DOSE INCREASED": "Dose increased",
        "NOT APPLICABLE": "Not applicable",
        "UNKNOWN": "Unknown",
    },
)
CTCAE_VERSION = Codelist("CTCAE version", {"4.03": "CTCAE 4.03", "5.0": "CTCAE 5.0", "6.0": "CTCAE 6.0"})
GRADING_SCALE = Codelist("Scale", {"CTCAE": "CTCAE", "ASTCT": "ASTCT consensus"})
INTRATHECAL = Codelist(
    "Drugs given", {"MTX": "Methotrexate", "ARA-C": "Cytarabine", "STEROID": "Steroid", "NONE": "None (diagnostic)"}
)
CYTOLOGY = Codelist("CSF cytology", {"NEGATIVE": "No blasts", "POSITIVE": "Blasts seen", "NOT DONE": "Not done"})
DONOR = Codelist(
    "Donor",
    {"SIBLING": "Sibling", "UNRELATED": "Unrelated", "HAPLO": "Haploidentical", "CORD": "Cord blood"},
)
CONDITIONING = Codelist("Conditioning", {"MYELOABLATIVE": "Myeloablative", "REDUCED": "Reduced intensity"})
REMISSION = Codelist("Remission at transplant", {"CR1": "First remission", "CR2": "Second or later", "NONE": "None"})
DISPOSITION = Codelist(
    "Event",
    {
        "END OF TREATMENT": "End of protocol treatment",
        "OFF STUDY": "Left the study",
        "LOST TO FOLLOW-UP": "Lost to follow-up",
        "CONSENT WITHDRAWN": "Consent withdrawn",
    },
)
DISPOSITION_REASON = Codelist(
    "Reason",
    {
        "COMPLETED": "Completed",
        "ADVERSE EVENT": "Adverse event",
        "LACK OF RESPONSE": "Lack of response",
        "RELAPSE": "Relapse",
        "TRANSPLANT": "Transplant",
        "PROTOCOL DEVIATION": "Protocol deviation",
        "PHYSICIAN DECISION": "Physician's decision",
        "PATIENT DECISION": "Patient's decision",
        "DEATH": "Death",
    },
)
DEATH_CAUSE = Codelist(
    "Cause of death",
    {
        "LEUKAEMIA": "Leukaemia",
        "TRANSPLANT": "Transplant-related",
        "ADVERSE EVENT": "Adverse event of treatment",
        "OTHER": "Other",
        "UNKNOWN": "Unknown",
    },
)
MUTATION_METHOD = Codelist("Method", {"SANGER": "Sanger", "NGS": "Sequencing (NGS)", "DDPCR": "Digital PCR"})
MRD_METHOD = Codelist("Method", {"RT-QPCR": "RT-qPCR", "DDPCR": "Digital PCR"})
HISTORY_CATEGORY = Codelist(
    "Category", {"GENERAL": "General history", "PRIOR CANCER": "Earlier cancer", "ALLERGY": "Allergy"}
)
# Lists whose members come from the study: the protocol's drugs and visits, the laboratories and criteria.
DRUG = Codelist("Drug", {}, open=True)
LABORATORY = Codelist("Laboratory", {}, open=True)
VISIT = Codelist("Visit", {}, open=True)
PHASE = Codelist("Phase", {}, open=True)
CRITERION = Codelist("Criterion", {}, open=True)
LAB_TEST = Codelist("Test", {}, open=True)
AE_TERM = Codelist("Adverse event", {}, open=True)
ROLE = Codelist(
    "Role",
    {
        "coordinator": "Coordinator",
        "investigator": "Investigator",
        "monitor": "Monitor",
        "administrator": "Administrator",
    },
)
QUERY_STEP = Codelist(
    "Step", {"asked": "Asked", "answered": "Answered", "closed": "Closed", "reopened": "Opened again"}
)
SIGNATURE_MEANING = Codelist(
    "Meaning",
    {
        "review": "I have reviewed these data",
        "approval": "I approve these data as complete and correct",
        "responsibility": "I take responsibility for these data",
        "authorship": "I have entered these data",
    },
)
LOCK_ACT = Codelist("Lock", {"lock": "Locked", "unlock": "Unlocked"})
MEDIA_TYPE = Codelist(
    "Kind of file", {"application/pdf": "PDF document", "image/png": "PNG picture", "image/jpeg": "JPEG picture"}
)
