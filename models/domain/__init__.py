"""Values and clinical rules. Standard library only; written to be read by a clinician."""
