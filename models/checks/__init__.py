"""What can be wrong with a record before it is saved: impossible values and doubtful ones. Pure; no database."""
