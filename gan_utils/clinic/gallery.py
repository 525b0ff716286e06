"""The gallery: twelve runs whose curves are shown before their samples."""

from gan_utils import validate
from gan_utils.clinic import case, faults, healthy
from gan_utils.clinic.case import Case, Run

GALLERY = {  # name -> what stands under the curtain
    "healthy": "healthy",
    "collapse": "mode collapse",
    "d_wins": "D wins",
    "d_too_weak": "D is too weak",
    "cycling": "the players cycle",
    "memorising": "G memorises",
    "nan": "not a number",
    "data_unscaled": "the data were not scaled",
    "labels_swapped": "the labels are swapped",
    "double_sigmoid": "a double sigmoid",
    "g_frozen": "G is frozen",
    "one_optimiser": "one optimiser for both",
}
STEPS = 1000
SHORT = {"collapse": 300}  # forty moves of G in each update


def patient(name: str) -> Case:
    """Make one case of the gallery: the ring's GAN, with that fault.

    Args:
        name: one of `GALLERY`.

    Raises:
        ValueError: for an unknown name.
    """
    validate.one_of(name, "name", tuple(GALLERY))
    sound = healthy.ring(SHORT.get(name, STEPS))
    return sound if name == "healthy" else faults.inject(sound, name)


def play(name: str, seed: int = 0) -> Run:
    """Train one case of the gallery; a few seconds on two cores."""
    return case.play(patient(name), seed)
