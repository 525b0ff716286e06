"""Every fault that changes how a GAN behaves, by name, and the switch that injects it.

Those of the published articles that stop with an error are in `errors`.
"""

from gan_utils import validate
from gan_utils.clinic.case import Case
from gan_utils.clinic.fault import Fault
from gan_utils.clinic.faults_gallery import OTHERS
from gan_utils.clinic.faults_r0_r1 import R0_R1
from gan_utils.clinic.faults_r2_r4 import R2_R4

FAULTS: dict[str, Fault] = R0_R1 | R2_R4 | OTHERS


def inject(case: Case, name: str) -> Case:
    """Build a fault into a healthy case.

    Args:
        case: healthy; it is not changed.
        name: one of `FAULTS`.

    Returns:
        The case with that fault.

    Raises:
        ValueError: for an unknown name.
    """
    validate.one_of(name, "name", tuple(FAULTS))
    return FAULTS[name].change(case)
