"""The questions that monitor and site ask each other about the record."""
