"""The Baseline tab: who takes part, eligibility, the leukaemia, responses, relapse, and how it ended."""
