"""Laboratory toxicity: what a laboratory value weighs under CTCAE 4.03, 5.0 and 6.0."""
