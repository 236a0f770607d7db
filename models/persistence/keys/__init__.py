"""The keys of a study: what opens it, who holds it, and what is kept of sign-ins that failed."""
