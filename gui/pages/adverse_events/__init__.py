"""The adverse events of the whole site."""
