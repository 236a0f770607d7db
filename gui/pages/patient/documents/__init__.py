"""The papers of a patient's file."""
