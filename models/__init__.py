"""Everything that is true without a screen: the record, the clinical rules, the store, the paper."""
