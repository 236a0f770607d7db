"""Drawings: the molecular response over the lanes, laboratory trends, and the small curve of a table row."""
