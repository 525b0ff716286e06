"""The chain rule by hand: from an arrow on one sample to the weights."""

import numpy as np


def way_back(z: float, v, W, arrow) -> dict[str, np.ndarray]:
    """Compute by hand how an arrow on a sample reaches every weight.

    The network has one noise number, ReLU units and a linear last layer.

    Args:
        z: the noise.
        v: weights from the noise to the units, shape (units,).
        W: weights from the units to the sample, shape (units, 2).
        arrow: where the sample should go, shape (2,).

    Returns:
        "units" and "sample" of the way forwards, and what is "asked" of the units, of
        "v" and of "W".
    """
    v, W, arrow = (np.asarray(a, float) for a in (v, W, arrow))
    units = np.maximum(0, z * v)
    asked = (W @ arrow) * (units > 0)  # a unit asleep hears nothing
    return {
        "units": units,
        "sample": units @ W,
        "asked": asked,
        "v": z * asked,
        "W": np.outer(units, arrow),
    }
