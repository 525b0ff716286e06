"""Where a judge's weights come from, and what was measured of them, as JSON."""

import datetime
import hashlib
import platform
from importlib import metadata

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.data import Images
from gan_utils.metrics import judge_weights, outliers
from gan_utils.metrics.digit_classifier import DIGITS
from gan_utils.metrics.judge import Judge

PACKAGES = ("jax", "jaxlib", "numpy", "optax")
CONFIDENCE = 0.9


def describe(path, sha256: str, train: Images, test: Images) -> dict:
    """Describe a file of weights: contents, data, software, and tests.

    Args:
        path: the file, which is measured as it is, in half precision.
        sha256: its hash.
        train: digits that it was trained on.
        test: digits that it was not.
    """
    judge = Judge(judge_weights.load(path, sha256))
    return origin(path, sha256) | {
        "data": {
            "name": "MNIST, LeCun, Cortes and Burges",
            "train": checksum(train),
            "test": checksum(test),
        },
        "test": on_digits(judge, test),
        "no_digits_recognised": on_others(judge, test.x[:2000]),
    }


def origin(path, sha256: str) -> dict:
    """Describe a file of weights: its size and hash, when and on what it was made."""
    return {
        "file": path.name,
        "sha256": sha256,
        "bytes": path.stat().st_size,
        "date": datetime.date.today().isoformat(),
        "software": {"python": platform.python_version()}
        | {name: metadata.version(name) for name in PACKAGES},
        "machine": f"{platform.system()} {platform.machine()}, {jax.default_backend()}",
    }


def checksum(images: Images) -> dict:
    """Count images and hash their pixels as bytes 0..255, then their labels."""
    pixels = np.round((images.x + 1) * 127.5).astype("uint8")
    content = pixels.tobytes() + images.y.astype("uint8").tobytes()
    return {"images": len(images.x), "sha256": hashlib.sha256(content).hexdigest()}


def on_digits(judge: Judge, images: Images) -> dict:
    """Measure how often the likeliest digit is right, and how well the judge knows."""
    chances = judge.probabilities(images.x)
    y = validate.labels(images.y, DIGITS, images.x.shape[:1], "images.y")
    sure, right = chances.max(1), chances.argmax(1) == y
    known = sure >= CONFIDENCE
    return {
        "accuracy": rounded(right.mean()),
        "recognised": rounded(known.mean()),
        "accuracy_of_recognised": rounded(right[known].sum() / max(1, known.sum())),
        "calibration_error": rounded(calibration_error(sure, right)),
    }


def calibration_error(sure: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Compute the mean gap between confidence and accuracy over bins of confidence.

    Args:
        sure: confidence of each answer, shape (N,), 0 to 1.
        right: whether the answer is right, shape (N,).
        bins: of equal width.

    References:
        Guo et al., On calibration of modern neural networks, arXiv:1706.04599.
    """
    number = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = np.bincount(number, sure - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(sure))


def on_others(judge: Judge, x: np.ndarray) -> dict:
    """Measure how often what is made of digits x, but is none, passes for a digit."""
    kinds = {"learned": outliers.KINDS, "unseen": outliers.UNSEEN}
    rates = {group: _rates(judge, x, kinds[group]) for group in kinds}
    mean = judge.recognised(x.mean(0, keepdims=True), CONFIDENCE)
    return rates | {"mean_image": mean}


def _rates(judge, x, kinds):
    key, x = jax.random.key(1), jnp.asarray(x)
    return {
        name: rounded(judge.recognised(kind(key, x), CONFIDENCE))
        for name, kind in kinds.items()
    }


def rounded(value) -> float:
    """Round to four digits after the point."""
    return round(float(value), 4)
