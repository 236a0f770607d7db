"""Signing and locking visits and patients, and what the monitor verified."""
