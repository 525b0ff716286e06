"""What a fault is: the switch, the symptom that it must show, and the cure."""

from collections.abc import Callable
from typing import NamedTuple

from gan_utils.clinic.case import Case
from gan_utils.clinic.symptoms import Symptom


class Fault(NamedTuple):
    """A fault, the switch that builds it into a healthy case, and its symptom."""

    source: str  # article and number, such as "R0.1", or "gallery"
    what: str
    fix: str
    change: Callable[[Case], Case]
    symptom: Symptom
