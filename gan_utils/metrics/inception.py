"""The Inception score: sure of each image, unsure of the next."""

import numpy as np
import scipy  # its parts load when they are first used

from gan_utils import validate

SLACK = 1e-3  # of a float32 row's sum


def inception_score(probabilities) -> float:
    """Compute exp of the mean KL(p(y|x) || p(y)), from 1 to the number of classes.

    It is the exponential of the information that an image gives about its class: high
    when each image is surely of one class and all classes are as frequent.

    It never sees a real image. One image a class, repeated, scores the top. And images
    unlike any real one, where the classifier gives them a class of their own, lift the
    score above that of real data.

    Args:
        probabilities: p(y|x), shape (N, K). What a row lacks to 1 counts as one more
            class: the judge's "no digit". For the digits alone, divide each row by its
            sum; then noise is some digit too.

    Returns:
        The score; too low on average for few images, as p(y) is estimated from them.

    Raises:
        ValueError: another shape, NaN, negative numbers, or a row that sums to more
            than 1.

    References:
        Salimans et al., Improved techniques for training GANs, arXiv:1606.03498;
        Barratt and Sharma, A note on the Inception score, arXiv:1801.01973.
    """
    p = np.asarray(validate.points(probabilities, "probabilities"), "float64")
    validate.not_negative(p, "probabilities")
    rest = 1 - p.sum(1, keepdims=True)
    if rest.min() < -SLACK:
        raise ValueError(
            f"probabilities has a row that sums to {1 - rest.min():.6g}; expected 1 at "
            "most. Likely cause: logits, or features."
        )
    p = np.concatenate([p, rest.clip(0)], 1)
    p /= p.sum(1, keepdims=True)
    return float(np.exp(scipy.special.rel_entr(p, p.mean(0)).sum(1).mean()))
