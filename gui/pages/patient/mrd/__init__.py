"""MRD results under both rule sets, mutation tests, samples sent, and the form that thinks along."""
