"""The kernel distance: features compared by their first three moments, without bias."""

import numpy as np

from gan_utils import validate
from gan_utils.divergences import Estimate, monte_carlo, polynomial_mmd_squared
from gan_utils.metrics.distances import same_width


def kernel_distance(real, fake, block: int = 1000, seed: int = 0) -> Estimate:
    """Estimate the squared discrepancy for the kernel (a.b / F + 1)^3, block by block.

    Unbiased: a perfect generator is at 0 on average, at any n, and often below it. Its
    floor is 0, with a scatter that `floor` measures.

    Blind to everything beyond third moments: sets that share them are at 0, whatever
    their tails.

    Args:
        real: features of real data, shape (N, F).
        fake: features of samples, shape (M, F).
        block: least rows in a block; the smaller set must fill two.
        seed: of the order, as rows may come sorted by class.

    Returns:
        Estimate: the mean over disjoint blocks, in units of kernel values, and its
        standard error. Blocks share no row, so the error is honest, but rough if there
        are few of them.

    Raises:
        ValueError: features that do not fit, NaN, or fewer than two blocks.

    References:
        Binkowski et al., Demystifying MMD GANs, arXiv:1801.01401.
    """
    real, fake = (
        np.asarray(validate.points(x, name))
        for x, name in ((real, "real"), (fake, "fake"))
    )
    same_width(real, fake, "real", "fake")
    validate.count(block, "block", minimum=2)
    blocks = min(len(real), len(fake)) // block
    if blocks < 2:
        raise ValueError(
            f"block is {block} and the sets hold {len(real)} and {len(fake)} rows; "
            "expected room for two blocks, since one has no standard error."
        )
    rng = np.random.default_rng(seed)
    rows = [np.array_split(rng.permutation(len(x)), blocks) for x in (real, fake)]
    found = [
        polynomial_mmd_squared(real[a].astype("float64"), fake[b].astype("float64"))
        for a, b in zip(*rows, strict=True)
    ]
    value, error = monte_carlo(np.array(found))
    return Estimate(float(value), float(error))
