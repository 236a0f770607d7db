"""The backups of the study, and the papers for the day the computer is dead."""
