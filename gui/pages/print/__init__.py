"""The print preview of the visit summary, and printing a clinic day."""
