"""Tables: one model for rows of any kind, one view, and the few ways in which a cell is painted."""
