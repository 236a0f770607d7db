"""The drawings of the cohort: survival, incidence, response, patients over time, levels, flow and stopping rules."""
