"""The store: the only home of the database. Everything above it speaks in records."""
