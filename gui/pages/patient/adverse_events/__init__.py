"""The Adverse events tab: events with their grades, the reporting clock, and what each drug had to do with it."""
