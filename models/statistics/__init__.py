"""Estimates over plain numbers: proportions, survival, incidence, stopping boundaries. They know of no patient."""
