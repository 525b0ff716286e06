"""Mode coverage: how many bumps were found, how cleanly, and how evenly."""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from gan_utils import validate
from gan_utils.data import Distribution


class ModeReport(NamedTuple):
    """Mode coverage of one set of samples."""

    modes: jax.Array  # () int32, modes with at least one high-quality sample
    high_quality: jax.Array  # () share of samples near a mode, 0 to 1
    reverse_kl: jax.Array  # () nats, NaN when no sample is near a mode
    histogram: jax.Array  # (K,) int32, high-quality samples at each mode


class Oracle(NamedTuple):
    """What a perfect generator would score, because n is finite and tails exist."""

    mean: ModeReport
    std: ModeReport


def mode_report(
    samples: jax.Array, distribution: Distribution, threshold: float = 3.0
) -> ModeReport:
    """Count modes, high-quality samples, and the evenness of the modes.

    A sample is of high quality when it lies fewer than `threshold` standard deviations
    from its nearest mode. A mode is captured when it is nearest to at least one such
    sample. The reverse KL compares the histogram of high-quality samples with the
    weights of the modes: log K minus the histogram's entropy when these are equal.

    Args:
        samples: (N, dim); the published tables use N = 2500.
        distribution: mixture with named modes.
        threshold: in standard deviations, above 0.

    Returns:
        ModeReport.

    Raises:
        ValueError: when the distribution has no modes or a shape is wrong.

    References:
        Srivastava et al., VEEGAN, arXiv:1705.07761; Lin et al., PacGAN,
        arXiv:1712.04086.
    """
    modes = getattr(distribution, "modes", None)
    if modes is None:
        raise ValueError(
            f"distribution is a {type(distribution).__name__} without separate modes; "
            "expected a mixture, such as data.ring() or data.grid()."
        )
    samples = validate.points(samples, "samples", dim=modes.shape[-1])
    validate.positive(threshold, "threshold")
    std, weights = distribution.std, distribution.weights
    return _report(jnp.asarray(samples), modes, std, weights, jnp.float32(threshold))


@jax.jit
def _report(samples, modes, std, weights, threshold) -> ModeReport:
    std = jnp.broadcast_to(std, modes.shape)
    scaled = (samples[:, None, :] - modes[None]) / std[None]
    distance = jnp.sqrt((scaled**2).sum(-1))  # (N, K)
    good = distance.min(-1) < threshold
    nearest = jax.nn.one_hot(distance.argmin(-1), len(modes), dtype=jnp.int32)
    histogram = (nearest * good[:, None].astype(jnp.int32)).sum(0)
    return ModeReport(
        modes=(histogram > 0).sum(),
        high_quality=good.mean(dtype=float),
        reverse_kl=_reverse_kl(histogram, weights),
        histogram=histogram,
    )


def _reverse_kl(histogram, weights):
    counts = histogram.astype(weights.dtype)
    share = counts / counts.sum()  # NaN when nothing is near a mode
    ratio = jnp.where(share > 0, share, 1.0) / weights
    return jnp.where(share == 0, 0.0, share * jnp.log(ratio)).sum()


def oracle(
    distribution: Distribution,
    n: int = 2500,
    key: jax.Array | None = None,
    draws: int = 100,
    threshold: float = 3.0,
) -> Oracle:
    """Score true samples, many times: the row that every table should start with.

    Args:
        distribution: mixture with named modes.
        n: samples in each draw.
        key: PRNG key, fixed when None.
        draws: independent repetitions.
        threshold: as in `mode_report`.

    Returns:
        Oracle with the mean and the standard deviation of each number over draws.
    """
    validate.count(n, "n", minimum=1)
    validate.count(draws, "draws", minimum=2)
    key = validate.key(jax.random.key(0) if key is None else key, "key")
    keys = jax.random.split(key, draws)
    reports = jax.lax.map(
        lambda k: mode_report(distribution.sample(k, n), distribution, threshold), keys
    )
    return Oracle(
        mean=jax.tree.map(lambda a: a.mean(0, dtype=float), reports),
        std=jax.tree.map(lambda a: a.std(0, ddof=1, dtype=float), reports),
    )
