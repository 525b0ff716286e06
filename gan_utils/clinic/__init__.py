"""The clinic: healthy GANs, faults to inject by name, and a diagnosis that reads a run.

It stands on the floor of training: it trains GANs through their public parts (a loss,
a network, a rule of play, an optimiser) and knows no figures.
"""

from gan_utils.clinic import case_files, errors, gallery, healthy, rules
from gan_utils.clinic.case import Case, Run, play
from gan_utils.clinic.case_files import ARTICLES, case_file
from gan_utils.clinic.diagnosis import Diagnosis, Finding, diagnose
from gan_utils.clinic.errors import ERRORS, provoke
from gan_utils.clinic.evidence import Evidence, examine
from gan_utils.clinic.faults import FAULTS, Fault, inject
from gan_utils.clinic.gallery import GALLERY

__all__ = [
    "ARTICLES",
    "ERRORS",
    "FAULTS",
    "GALLERY",
    "Case",
    "Diagnosis",
    "Evidence",
    "Fault",
    "Finding",
    "Run",
    "case_file",
    "case_files",
    "diagnose",
    "errors",
    "examine",
    "gallery",
    "healthy",
    "inject",
    "play",
    "provoke",
    "rules",
]
