"""A trial's protocol as data: phases, visits, windows, rule sets, endpoints and clocks, read from a TOML file."""
