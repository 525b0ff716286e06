"""Asking for an attribute: the latent follows the slope of what the judge says.

A slider is a straight line, the same for every face. A wish is a path of its own for
each face: some steps of Adam on the latent, towards what is wished, held back by what
else the judge saw in the face, by the wish to be a face at all, and by the way back.
The judge shows the way and also says whether it arrived, so its word alone is no proof.

References:
    Zhu et al., Generative visual manipulation on the natural image manifold,
    arXiv:1609.03552.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils.explorers import eight_bits, face_generator
from gan_utils.metrics.face_classifier import SIZES, activations
from gan_utils.metrics.face_judge import faces_judge
from gan_utils.networks.models import Factory, Variables
from gan_utils.training.recipes import quantised
from gan_utils.whole_files import read_json

STEPS = 60  # of a wish
RATES = 0.15, 0.02  # of the first and of the last step; a latent has steps of about 1
BETAS = 0.8, 0.95
WEIGHT = 2.0  # of what is wished; what is to stay has 1
WAY_BACK = 0.02  # weight of the squared distance from where the wish began
WORKS, ALONG = 0.7, 1.0  # least share granted, most others changed, to be offered
TABLE = "face_wishes.json"
VALUES = sum(SIZES[:-1])  # of all attributes, side by side


class Path(NamedTuple):
    """Where a wish has come to."""

    z: jax.Array  # (1, 64)
    first: jax.Array  # mean of the slopes (1, 64)
    second: jax.Array  # mean of their squares (1, 64)
    start: jax.Array  # (1, 64)
    steps: jax.Array  # so far


class Offer(NamedTuple):
    """What came of a wish for one value, of faces that did not have it."""

    attribute: str
    value: str
    granted: float  # share of faces that have it in the end
    along: float  # other attributes, of eleven, that changed

    @property
    def works(self) -> bool:
        """Tell whether the wish is worth offering."""
        return self.granted >= WORKS and self.along <= ALONG


@cache
def offers() -> tuple[Offer, ...]:
    """Read how each wish turned out when it was tried; see `make_wishes`."""
    table = read_json(resources.files(__package__) / TABLE)
    return tuple(Offer(*row) for row in table["wishes"])


@cache
def packed_judge() -> eight_bits.Packed:
    """Load the judge of faces with 8 bits a weight, as a page gets it.

    Raises:
        ValueError: its file is missing or damaged.
    """
    return quantised.rounded(faces_judge().weights)


def begin(z: jax.Array) -> Path:
    """Begin a wish at a latent (1, 64)."""
    return Path(z, jnp.zeros_like(z), jnp.zeros_like(z), z, jnp.float32(0))


class Eye(NamedTuple):
    """A generator and the judge who looks at its faces."""

    network: Factory
    variables: Variables
    judge: dict[str, jax.Array]

    def chances(self, z: jax.Array, shift: jax.Array) -> jax.Array:
        """Compute the judge's log-chances of each value, and of a face, (50,).

        Args:
            z: one latent (1, 64).
            shift: what sliders add to the hidden layer, (1, 128).
        """
        code = face_generator.codes(self.network, self.variables, z) + shift
        x = face_generator.images(self.network, self.variables, code)
        logits = activations(self.judge, x).logits
        return jnp.concatenate([jax.nn.log_softmax(each[0]) for each in logits])

    def cost(self, z, shift, goal, start) -> jax.Array:
        """Weigh what is wished and what is to stay, goal (48,), against the judge."""
        said = self.chances(z, shift)
        far = ((z - start) ** 2).sum()
        return -(goal * said[:VALUES]).sum() - said[-1] + WAY_BACK * far

    def step(self, path: Path, shift: jax.Array, goal: jax.Array) -> Path:
        """Go one step of Adam, on the sphere on which the wish began.

        Without the sphere a few wishes one after another lead to latents that are never
        drawn, where faces fall apart while the judge still sees what it is shown.
        """
        slope = jax.grad(self.cost)(path.z, shift, goal, path.start)
        steps = path.steps + 1
        first = BETAS[0] * path.first + (1 - BETAS[0]) * slope
        second = BETAS[1] * path.second + (1 - BETAS[1]) * slope**2
        share = jnp.minimum(steps / STEPS, 1)
        rate = RATES[0] + share * (RATES[1] - RATES[0])
        even, size = (
            mean / (1 - beta**steps)
            for mean, beta in zip((first, second), BETAS, strict=True)
        )
        z = path.z - rate * even / (jnp.sqrt(size) + 1e-8)
        z = z * jnp.sqrt((path.start**2).sum() / (z**2).sum())
        return Path(z, first, second, path.start, steps)
