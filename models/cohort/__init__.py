"""The site as one picture: what follows from all charts together, each number with the patients it counts."""
