"""The Treatment tab: phases, doses, lumbar punctures, transplant and other medication as they really were."""
