"""Runs of the clinic that several tests read; each is trained once."""

from functools import lru_cache

from gan_utils import clinic
from gan_utils.clinic.symptoms import as_it_is

SEEDS = (0, 1, 2)


@lru_cache
def sick(name: str) -> clinic.Run:
    """Train the ring with a fault from three seeds, until its symptom shows."""
    symptom = clinic.FAULTS[name].symptom
    case = clinic.inject(clinic.healthy.ring(symptom.steps), name)
    return clinic.play(symptom.experiment(case), SEEDS)


@lru_cache
def healthy(steps: int, experiment=as_it_is) -> clinic.Run:
    """Train the sound ring for as long, from the same seeds."""
    return clinic.play(experiment(clinic.healthy.ring(steps)), SEEDS)
