"""The audit trail of the study: to search, to export, to verify."""
