"""The audit trail of one patient."""
