"""A small valid protocol file, to break in one place at a time."""

SMALL = """\
format = 1
id = "T1"
version = "1"
acronym = "TEST"
title = "A trial for tests"
sponsor = "Nobody"
registry_ids = []
day_one_phase = "first"
ctcae_version = "5.0"
ikzf1_rule = "ikzf1plus-nejm-2020"
primary_landmark = "V1"

[[drug]]
code = "pill"
name = "Pill"
unit = "mg"
route = "oral"
frequency = "daily"
ladder = [100, 50]

[[phase]]
code = "first"
label = "First"
short_label = "First"
days = 10
[[phase.dose]]
drug = "pill"
dose = 100
first_day = 1
last_day = 10

[[phase]]
code = "second"
label = "Second"
short_label = "Second"
days = 10

[panels]
blood = ["WBC"]

[[visit]]
code = "V1"
label = "Visit 1"
anchor = "first"
day = 5
before = 2
after = 2
collects = ["lab", "mrd"]
specimens = ["BLOOD"]
panels = ["blood"]
landmark = true

[[visit]]
code = "V2"
label = "Visit 2"
anchor = "first"
day = 11
before = 0
after = 3
collects = ["phase"]
starts_phase = "second"

[mrd]
rule_set = "D-ALBA"
version = "1"
source = "none"
specimen = "BONE MARROW"
control_gene = "ABL1"
minimum_control_copies = 10000
response_classes = ["complete"]
rise_log = 1
european_threshold = 0.01

[[criterion]]
code = "I1"
text = "Age"
limit = 18
comparison = ">="
unit = "years"

[[clock]]
code = "SAE"
label = "Serious event"
hours = 24
applies_to = "serious"

[[endpoint]]
code = "OS"
label = "Overall survival"
population = "enrolled"
start = "enrolment"
events = ["death"]
censoring = "last-alive"
transplant = "not-censored"
"""
