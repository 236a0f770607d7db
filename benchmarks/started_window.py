"""The program started as a person starts it, ended as soon as the rows of the Today page have been painted."""

import os
import sys

from benchmarks.studies import ROOT  # noqa: F401
