"""The Dirac-GAN: data at 0, one fake at theta, a linear critic psi x; every method."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid

from gan_utils import validate
from gan_utils.games.game import Game

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(64)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
AHEAD = 20  # most steps of an unrolling; its loop always has this length


def dirac(method: str, **constants) -> Game:
    """Return the Dirac-GAN trained by a method.

    The data are all at 0, the generator puts all its mass at theta, and the
    discriminator's logit is psi x. The generator descends, the discriminator ascends
    f(psi theta) + f(0) with f(t) = -log(1 + exp(-t)); the equilibrium is (0, 0).

    Args:
        method: one of DIRAC_METHODS, which also lists the constants: "gan", "nsgan",
            "wgan" (clip), "wgan_gp" (gamma, target), "instance_noise" (std), "r1" and
            "r2" (gamma; equal here, as the critic's gradient is psi everywhere),
            "nsgan_r1" (gamma), "consensus" (gamma; the published code's field, with
            half of the exact second-order term), "consensus_exact" (gamma), "unrolled"
            (steps up to 20, rate; the generator looks that far ahead) and
            "spectral_norm" (psi / |psi| is 1 or -1, so nothing is left to learn).
        **constants: numbers to use instead of the published notebook's; arrays and
            tracers are welcome.

    Returns:
        A Game.

    Raises:
        ValueError: when the method or a constant is unknown, a constant is negative, or
            there are too many steps.

    References:
        Mescheder et al., Which training methods for GANs do actually converge?,
        arXiv:1801.04406; Metz et al., Unrolled generative adversarial networks,
        arXiv:1611.02163; Miyato et al., Spectral normalization, arXiv:1802.05957.
    """
    if method not in DIRAC_METHODS:
        raise ValueError(
            f"method is {method!r}; expected one of {list(DIRAC_METHODS)}."
        )
    rule, defaults = DIRAC_METHODS[method]
    unknown = sorted(set(constants) - set(defaults))
    if unknown:
        raise ValueError(
            f"constants {unknown} are unknown to method {method!r}; "
            f"expected some of {sorted(defaults)}."
        )
    for name, value in constants.items():
        validate.not_negative(value, name)
    if method == "unrolled":
        _check_steps(constants.get("steps", 0))
    return Game(
        rule,
        constants={**defaults, **constants},
        project=_clip if method == "wgan" else None,
        jumps=_at_zero_critic if method in ("wgan_gp", "spectral_norm") else None,
    )


def _check_steps(steps):
    if not validate.is_traced(steps) and np.max(steps) > AHEAD:
        raise ValueError(
            f"steps is {steps}; expected {AHEAD} or fewer, the length of the loop."
        )


def _value(t):
    return -jax.nn.softplus(-t)  # f(t) = -log(1 + exp(-t))


def _slope(t):
    return sigmoid(-t)  # f'(t) of f(t) = -log(1 + exp(-t)); f'(0) = 1/2


def _curvature(t):
    return -sigmoid(t) * sigmoid(-t)  # f''(t); f''(0) = -1/4


def _gan(point):
    theta, psi = point
    return jnp.stack([-psi, theta]) * _slope(psi * theta)


def _nsgan(point):
    theta, psi = point
    return jnp.stack([-psi * _slope(-psi * theta), theta * _slope(psi * theta)])


def _wgan(point, clip):
    theta, psi = point
    return jnp.stack([-psi, theta])


def _clip(point, clip):
    return point.at[1].set(jnp.clip(point[1], -clip, clip))


def _wgan_gp(point, gamma, target):
    theta, psi = point
    return jnp.stack([-psi, theta - gamma * (jnp.abs(psi) - target) * jnp.sign(psi)])


def _at_zero_critic(point):
    return bool(point[1] == 0)


def _instance_noise(point, std):
    theta, psi = point
    noise = std * jnp.asarray(NODES, point.dtype)  # Gauss-Hermite: exact, no sampling
    weights = jnp.asarray(WEIGHTS, point.dtype)
    fake = theta + noise
    pull = _slope(psi * fake)
    return jnp.stack(
        [
            -psi * (weights @ pull),
            weights @ (fake * pull) - weights @ (noise * _slope(-psi * noise)),
        ]
    )


def _r1(point, gamma):
    return _gan(point) - jnp.stack([jnp.zeros_like(point[1]), gamma * point[1]])


def _nsgan_r1(point, gamma):
    return _nsgan(point) - jnp.stack([jnp.zeros_like(point[1]), gamma * point[1]])


def _spectral_norm(point):
    theta, psi = point
    slope = jnp.sign(psi)
    return jnp.stack([-slope * _slope(slope * theta), jnp.zeros_like(psi)])


def _unrolled(point, steps, rate):
    theta, psi = point

    def ahead(theta):
        def climb(psi, i):
            pull = rate * theta * _slope(psi * theta)
            return psi + jnp.where(i < steps, pull, jnp.zeros_like(pull)), None

        psi_ahead, _ = jax.lax.scan(climb, psi, jnp.arange(AHEAD, dtype=psi.dtype))
        return _value(psi_ahead * theta)

    return jnp.stack([-jax.grad(ahead)(theta), theta * _slope(psi * theta)])


def _consensus(point, gamma):
    t = point[0] * point[1]
    second_order = point[::-1] * (point @ point) * _slope(t) * _curvature(t)
    return _gan(point) - gamma * (point * _slope(t) ** 2 + 0.5 * second_order)


def _consensus_exact(point, gamma):
    def half_square(point):
        return 0.5 * jnp.sum(_gan(point) ** 2)

    return _gan(point) - gamma * jax.grad(half_square)(point)


DIRAC_METHODS = {
    "gan": (_gan, {}),
    "nsgan": (_nsgan, {}),
    "wgan": (_wgan, {"clip": 1.0}),
    "wgan_gp": (_wgan_gp, {"gamma": 0.7, "target": 1.0}),
    "instance_noise": (_instance_noise, {"std": 0.7}),
    "r1": (_r1, {"gamma": 0.3}),
    "r2": (_r1, {"gamma": 0.3}),
    "nsgan_r1": (_nsgan_r1, {"gamma": 0.3}),
    "consensus": (_consensus, {"gamma": 1.0}),
    "consensus_exact": (_consensus_exact, {"gamma": 1.0}),
    "unrolled": (_unrolled, {"steps": 5, "rate": 0.2}),
    "spectral_norm": (_spectral_norm, {}),
}
