"""Everything that is true without a screen: the record, the clinical rules, the store, the paper."""

VERSION = "0.1.0"
"""The program's version: printed on every page, and the only place that states it."""
