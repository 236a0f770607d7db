"""The patient on one page: the curve over treatment, events and visits, and what stands beside it."""
