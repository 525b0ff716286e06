"""Evidence: every number that a diagnosis rests on, measured from one run."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import scipy  # its parts load when they are first used

from gan_utils.clinic import clouds, symptoms
from gan_utils.clinic.case import Run
from gan_utils.clinic.probes import LossShape, Wiring, loss_shape, wiring
from gan_utils.clinic.rescaled import draw
from gan_utils.metrics import mode_report
from gan_utils.training import value_at

BATCH = 128  # rows in a probe
FAR = 100.0  # factor that takes points far away from the data


class Evidence(NamedTuple):
    """What was measured of data, samples, D, parameters, gradients and wiring."""

    stopped: str  # what the guard said, or ""
    data_reach: float  # largest |value| in held-out data
    fake_reach: float  # largest |value| in the samples
    modes: str  # found and there are, such as "3 of 8"; "" without named modes
    coverage: float  # share of held-out data with a sample nearby
    precision: float  # share of samples with held-out data nearby
    spread: float  # deviation of the samples in that of the data, of five frames
    travel: float  # way of the samples from frame to frame at the end, in that too
    closeness: float  # distance of fakes to stored data, in that of other data
    auc: float  # P(D ranks a datum above a fake)
    calibration: float  # mean |claimed probability - frequency|
    claim_real: float  # mean probability that D claims for held-out data
    claim_fake: float  # and for samples
    output_low: float  # least output of D on data, fakes and points far away
    output_high: float  # largest
    bend: float  # D between two points against the mean of the two: 0 if affine
    drift_d: float  # way of D's parameters since the start, in their length
    drift_g: float
    d_grad: float  # gradient norms, mean over the last tenth
    g_grad: float
    d_rate: float  # learning rates at the start
    g_rate: float
    same_points: float  # |logit as datum - as fake| of the same points, at the end
    batch_gap: float  # way of a sample from batch to running statistics, at the end
    wiring: Wiring  # what single updates from the start move
    loss: LossShape

    def numbers(self) -> dict:
        """List everything measured by name."""
        mine = self._asdict()
        parts = mine.pop("wiring"), mine.pop("loss")
        return parts[0]._asdict() | parts[1]._asdict() | mine

    def summary(self) -> str:
        """Write the numbers that say how healthy a run is."""
        return (
            f"The samples cover {self.coverage:.0%} of the data"
            f"{self.modes and f', reach {self.modes} modes'}, {self.precision:.0%} "
            f"of them lie near data, and their spread is {self.spread:.0%}. D ranks a "
            f"real sample above a fake in {self.auc:.0%} of pairs; its claims are off "
            f"by {self.calibration:.0%}. Gradient norms: D {self.d_grad:.2g}, G "
            f"{self.g_grad:.2g}."
        )


def examine(run: Run) -> Evidence:
    """Measure a run of one seed.

    Args:
        run: from `play`.

    Returns:
        Evidence.
    """
    data, fake = symptoms.held_out(run), symptoms.fakes(run)
    finish = _wired(run, run.end)
    cloud = clouds.compare(data, fake)
    hyper, zero = run.start.hyper, run.start.step
    return Evidence(
        stopped=run.history.stopped or "",
        data_reach=float(np.abs(data).max()),
        fake_reach=float(np.abs(fake).max()),
        modes=modes(run, fake),
        coverage=cloud.coverage,
        precision=cloud.precision,
        spread=symptoms.spread(run),
        travel=symptoms.travel(run),
        closeness=symptoms.closeness(run),
        **_judgement(run, data, fake),
        drift_d=symptoms.drift("d")(run),
        drift_g=symptoms.drift("g")(run),
        d_grad=symptoms.last("d_grad_norm")(run),
        g_grad=symptoms.last("g_grad_norm")(run),
        d_rate=float(value_at(hyper.d_learning_rate, zero)),
        g_rate=float(value_at(hyper.g_learning_rate, zero)),
        same_points=finish.same_points,
        batch_gap=finish.batch_gap / clouds.spread(data),
        wiring=_wired(run, run.start),
        loss=loss_shape(run.case.gan.loss),
    )


def modes(run: Run, fake) -> str:
    """Count the modes that samples (N, dim) reach, where the data have named ones."""
    source = run.case.held_out
    if getattr(source, "modes", None) is None:
        return ""
    return f"{int(mode_report(fake, source).modes)} of {len(source.modes)}"


def _judgement(run: Run, data, fake) -> dict:
    """Measure what D says of data, of fakes, far away and halfway between data."""
    half = len(data) // 2
    middle = (data[:half] + data[half : 2 * half]) / 2
    places = {"real": data, "fake": fake, "far": FAR * data, "middle": middle}
    real, fake, far, middle = (
        np.asarray(run.case.gan.logits(run.end, jnp.asarray(x)), "float64")
        for x in places.values()
    )
    outputs = np.concatenate([real, fake, far])
    gap = middle - (real[:half] + real[half : 2 * half]) / 2
    return dict(
        auc=auc(real, fake),
        calibration=calibration(real, fake),
        claim_real=float(scipy.special.expit(real).mean()),
        claim_fake=float(scipy.special.expit(fake).mean()),
        output_low=float(outputs.min()),
        output_high=float(outputs.max()),
        bend=float(np.abs(gap).mean() / (real.std() + 1e-12)),
    )


def _wired(run: Run, state) -> Wiring:
    """Make the probes at a state, on held-out data."""
    x_key, z_key = jax.random.split(jax.random.key(3))
    x = draw(run.case.held_out, x_key, BATCH)
    z = run.case.gan.latent.sample(z_key, BATCH)
    one_datum = jnp.broadcast_to(x[:1], x.shape)
    return wiring(run.case.gan, state, x, one_datum, z)


def auc(real: np.ndarray, fake: np.ndarray) -> float:
    """Compute the probability that a datum's logit (N,) lies above a fake's (M,)."""
    rank = scipy.stats.rankdata(np.concatenate([real, fake]))[: len(real)].sum()
    return float((rank - len(real) * (len(real) + 1) / 2) / (len(real) * len(fake)))


def calibration(real: np.ndarray, fake: np.ndarray, bins: int = 10) -> float:
    """Compare what D claims with how often it is true: the mean gap over equal bins.

    Args:
        real: logits on held-out data, (N,).
        fake: logits on samples, (M,).
        bins: equal intervals of the claimed probability.

    Returns:
        The expected calibration error, 0 to 1.

    References:
        Guo et al., On calibration of modern neural networks, arXiv:1706.04599.
    """
    claim = scipy.special.expit(np.concatenate([real, fake]))
    truth = np.concatenate([np.ones_like(real), np.zeros_like(fake)])
    bin_of = np.minimum((claim * bins).astype(int), bins - 1)
    gaps = np.bincount(bin_of, claim - truth, bins)
    return float(np.abs(gaps).sum() / len(claim))
