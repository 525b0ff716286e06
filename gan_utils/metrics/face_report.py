"""What the judge says of generated faces, always beside what it says of drawn ones."""

from functools import lru_cache
from typing import NamedTuple

import jax
import numpy as np

from gan_utils import validate
from gan_utils.data import face_attributes
from gan_utils.data.face_attributes import ATTRIBUTES
from gan_utils.data.faces import faces
from gan_utils.metrics.face_classifier import SHAPE
from gan_utils.metrics.face_judge import FaceLook, faces_judge
from gan_utils.metrics.frechet import frechet, moments

RARE = 0.06  # a value with this share or less counts as rare
PART = 3  # a rare value is found where it has more than its true share over this
SEEDS = 101, 102  # of the drawn faces: those compared with, and those of the floor


class FacesReport(NamedTuple):
    """One set of generated faces, and drawn faces in the same words."""

    n: int  # samples, and drawn faces behind the floor
    clear: float  # share of all attributes, of all samples, that the judge is sure of
    real_clear: float  # the same of drawn faces; the best to hope for
    shares: dict[str, np.ndarray]  # of each attribute's values, where it is clear
    distance: float  # Frechet distance of the samples from drawn faces
    floor: float  # the same of n other drawn faces: a perfect generator's

    @property
    def share(self) -> float:
        """Give `clear` as a share of what drawn faces reach; NaN where they do not."""
        return self.clear / self.real_clear if self.real_clear else float("nan")

    @property
    def multiple(self) -> float:
        """Give the distance in floors; near 1 for a perfect generator."""
        return self.distance / self.floor

    @property
    def rare(self) -> dict[str, tuple[float, float]]:
        """Give the share of each rare value, found and true, by "hat crown"."""
        return {
            f"{name} {value}": (float(found), float(true))
            for name, attribute in ATTRIBUTES.items()
            for value, found, true in zip(
                attribute.values,
                self.shares[name],
                face_attributes.shares(name),
                strict=True,
            )
            if true <= RARE
        }

    @property
    def rare_found(self) -> int:
        """Count the rare values that have more than a third of their true share."""
        return sum(found > true / PART for found, true in self.rare.values())

    def kl(self, name: str) -> float:
        """Compute the divergence KL(found || true) of one attribute, in nats.

        NaN where the attribute is clear in no sample: nothing was found to compare.

        Args:
            name: one of the twelve attributes.

        Raises:
            ValueError: there is no such attribute.
        """
        validate.one_of(name, "name", ATTRIBUTES)
        found, true = self.shares[name], face_attributes.shares(name)
        if np.isnan(found).any():
            return float("nan")
        some = found > 0
        return float((found[some] * np.log(found[some] / true[some])).sum())

    def __str__(self) -> str:
        return (
            f"{self.clear:.0%} of the attributes are clear (drawn faces: "
            f"{self.real_clear:.0%}); "
            f"{self.multiple:.1f} floors apart; "
            f"{self.rare_found} of {len(self.rare)} rare values"
        )


def faces_report(x, confidence: float = 0.9) -> FacesReport:
    """Judge generated faces: what is clear, shares of values, distance and its floor.

    No reference is needed: the judge draws as many faces as you bring, twice, always
    the same ones, and the true shares are known exactly.

    Args:
        x: samples, (n, 32, 32, 3) in [-1, 1]; take 2,000 or more, since the floor rises
            as n falls.
        confidence: least probability of a value, and of a face, to count as clear.

    Returns:
        FacesReport.

    Raises:
        ValueError: other images than these, fewer than 2, or a confidence outside
            [0, 1).
    """
    look = faces_judge().look(x)
    n = len(look.face)
    if n < 2:
        raise ValueError(
            "x holds 1 image; expected 2 or more, since one has no covariance."
        )
    reference, twin = _drawn(n)
    real = moments(reference.features)
    both = np.concatenate([reference.clear(confidence), twin.clear(confidence)])
    return FacesReport(
        n=n,
        clear=float(look.clear(confidence).mean()),
        real_clear=float(both.mean()),
        shares={name: look.shares(name, confidence) for name in ATTRIBUTES},
        distance=frechet(moments(look.features), real),
        floor=frechet(moments(twin.features), real),
    )


@lru_cache(maxsize=4)
def _drawn(n: int) -> tuple[FaceLook, FaceLook]:
    """Look at two sets of n drawn faces."""
    people = faces(SHAPE[0])
    judge = faces_judge()
    return tuple(judge.look(people.sample(jax.random.key(s), n)) for s in SEEDS)
