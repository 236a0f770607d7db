"""The site's patients as one picture: curves and tables in which every number opens the patients it counts."""
