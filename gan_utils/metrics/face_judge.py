"""A judge of drawn faces: a small network that reads their attributes.

It learned from faces that the course drew, whose attributes are known, and from images
that are no faces. `face_judge_weights.json` says how often it is right.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.data.face_attributes import ATTRIBUTES, NAMES
from gan_utils.metrics import judge_weights
from gan_utils.metrics.face_classifier import SHAPE, Weights, activations
from gan_utils.metrics.small_classifier import in_chunks

FILE = "face_judge_weights.npz"  # half precision; how it was made: the .json beside it
SHA256 = "c605f4bbf0f9dc57f051ac67e83ce281e3f29f507ab168ae58c01d0ed8637d41"


class FaceLook(NamedTuple):
    """What the judge sees in images, from one pass of its network."""

    features: np.ndarray  # (N, 128) float32, last hidden layer, 0 or more
    face: np.ndarray  # (N,) probability that there is a face at all
    labels: np.ndarray  # (N, 12) int32, the likeliest value of each attribute
    certainty: np.ndarray  # (N, 12) its probability

    def clear(self, confidence: float = 0.9) -> np.ndarray:
        """Tell which attributes, (N, 12), are clear: surely so, on what is a face."""
        validate.fraction(confidence, "confidence")
        sure = self.certainty >= confidence
        return sure & (self.face >= confidence)[:, None]

    def shares(self, name: str, confidence: float = 0.9) -> np.ndarray:
        """Compute the shares of an attribute's values where it is clear.

        Returns:
            Shares (values,) that sum to 1, or NaN where it is clear nowhere.
        """
        validate.one_of(name, "attribute", NAMES)
        column = NAMES.index(name)
        labels = self.labels[self.clear(confidence)[:, column], column]
        count = len(ATTRIBUTES[name].values)
        counts = np.bincount(labels, minlength=count)
        return counts / len(labels) if len(labels) else np.full(count, np.nan)


@dataclass(frozen=True, eq=False)
class FaceJudge:
    """A network that looks at images (N, 32, 32, 3) in [-1, 1]; see `faces_judge`."""

    weights: Weights = field(repr=False)

    def look(self, x, name: str = "x") -> FaceLook:
        """Look at images.

        Args:
            x: images (N, 32, 32, 3), float in [-1, 1].
            name: what to call them in messages.

        Raises:
            ValueError: images of another size, range or number of channels.
        """
        x = np.asarray(validate.images(x, name, channels=3))
        if x.shape[1:] != SHAPE:
            raise ValueError(
                f"{name} is {validate.describe(x)}; expected faces of 32 x 32 pixels "
                "in colour. Draw them with data.faces(32)."
            )
        return FaceLook(*in_chunks(_run, self.weights, x))


@lru_cache
def faces_judge() -> FaceJudge:
    """Load the judge of faces that comes with the package, once.

    Returns:
        The judge; its first look compiles one program.

    Raises:
        ValueError: the file of weights is missing or damaged.
    """
    return FaceJudge(judge_weights.load(sha256=SHA256, file=FILE))


@jax.jit
def _run(weights, x):
    with jax.default_matmul_precision("highest"):  # the same judge on every device
        features, logits = activations(weights, x)
    *attributes, face = (jax.nn.softmax(each) for each in logits)
    labels = jnp.stack([each.argmax(1) for each in attributes], 1).astype("int32")
    certainty = jnp.stack([each.max(1) for each in attributes], 1)
    return features, face[:, 1], labels, certainty
