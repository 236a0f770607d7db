"""Visits: planned and real, and the one form of what a visit collects."""
