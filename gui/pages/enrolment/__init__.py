"""From the first contact to day 1."""
