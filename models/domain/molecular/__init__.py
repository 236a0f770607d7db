"""Molecular response: from copies of BCR::ABL1 and of the control gene to ratio, depth, class and course."""
