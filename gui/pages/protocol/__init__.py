"""The protocol that the study was made with, to read."""
