"""One patient: the overview, and a tab for each part of the record."""
