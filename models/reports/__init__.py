"""Paper: the visit summary, the list of the day, and everything a page needs to be whole and readable."""
