"""One patient as screen, paper and exports see them: the records, and everything the rules derive from them."""
