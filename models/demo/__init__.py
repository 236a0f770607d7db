"""The demo study: a synthetic cohort whose records lead to the published picture when the rules are run over them."""
