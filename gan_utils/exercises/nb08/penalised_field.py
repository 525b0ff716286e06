"""Exercise: the Dirac-GAN's field with a zero-centred penalty."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _slope(t):
    return 1 / (1 + np.exp(t))  # f'(t) of f(t) = -log(1 + exp(-t))


def _field(theta, psi, gamma):
    pull = _slope(theta * psi)
    return -psi * pull, theta * pull - gamma * psi


def _inside(theta, psi, gamma):
    pull = _slope(theta * psi - gamma * psi**2 / 2)
    return -psi * pull, (theta - gamma * psi) * pull


def _with_slope(slope):
    def wrong(theta, psi, gamma):
        t = theta * psi
        return -psi * slope(t), theta * slope(t) - gamma * psi

    return wrong


def _with_penalty(of_theta, of_psi):
    def wrong(theta, psi, gamma):
        plain = _field(theta, psi, 0.0)
        return plain[0] + of_theta(theta, gamma), plain[1] + of_psi(psi, gamma)

    return wrong


def _nothing(position, gamma):
    return 0.0


def _places(rng):
    return [(*rng.uniform(-1.5, 1.5, 2), gamma) for gamma in (0.3, 0.8, 1.7)]


task = register(
    Exercise(
        name="penalised_field",
        notebook="08",
        difficulty=1,
        minutes=5,
        reference=_field,
        cases=_places,
    )
)

task.wrong(
    _with_penalty(_nothing, _nothing),
    "this is the game without the penalty: gamma does nothing.",
)
task.wrong(
    _with_penalty(_nothing, lambda psi, gamma: gamma * psi),
    "the penalty pushes psi away from 0. The discriminator ascends minus the penalty, "
    "so its slope counts with a minus.",
)
task.wrong(
    _with_penalty(_nothing, lambda psi, gamma: -gamma * psi / 2),
    "half the pull is missing: the slope of gamma psi^2 / 2 is gamma psi.",
)
task.wrong(
    _with_penalty(_nothing, lambda psi, gamma: -2 * gamma * psi),
    "the pull is twice too strong: the penalty is gamma psi^2 / 2, with a half, and "
    "its slope is gamma psi.",
)
task.wrong(
    _with_penalty(
        _nothing,
        lambda psi, gamma: -gamma * (np.abs(psi) - 1) * np.sign(psi),
    ),
    "this charges for the distance of her slope from 1, as WGAN-GP does. R1 is "
    "centred on 0.",
)
task.wrong(
    lambda theta, psi, gamma: (
        _field(theta, psi, 0.0)[0],
        _field(theta, psi, 0.0)[1] - gamma * theta,
    ),
    "you charged for theta. Her logit is a line of steepness psi: charge for psi.",
)
task.wrong(
    _inside,
    "the penalty stands inside f. She ascends f(theta psi) minus the penalty, so f' "
    "has theta psi alone in it.",
)
task.wrong(
    _with_penalty(_nothing, lambda psi, gamma: -gamma * psi**2 / 2),
    "you subtracted the penalty itself. The field holds its slope in psi.",
)
task.wrong(
    _with_penalty(_nothing, lambda psi, gamma: -gamma * np.sign(psi)),
    "this pull does not fade near 0: it is the slope of gamma |psi|. The penalty is "
    "quadratic.",
)
task.wrong(
    _with_penalty(lambda theta, gamma: -gamma * theta, lambda psi, gamma: -gamma * psi),
    "both players pay. The penalty belongs to the discriminator alone.",
)
task.wrong(
    _with_penalty(lambda theta, gamma: -gamma * theta, _nothing),
    "the generator pays. The penalty belongs to the discriminator.",
)
task.wrong(
    lambda theta, psi, gamma: (
        -_field(theta, psi, gamma)[0],
        _field(theta, psi, gamma)[1],
    ),
    "the generator ascends. He descends: his entry has the minus.",
)
task.wrong(
    lambda theta, psi, gamma: (
        _field(theta, psi, gamma)[0],
        -theta * _slope(theta * psi) - gamma * psi,
    ),
    "the discriminator descends the value. She ascends it: theta f'.",
)
task.wrong(
    _with_slope(lambda t: _slope(-t)),
    "your f' is at minus its place: 1 / (1 + exp(-t)). The slope of -log(1 + exp(-t)) "
    "is 1 / (1 + exp(t)).",
)
task.wrong(
    _with_slope(lambda t: -np.log1p(np.exp(-t))),
    "you used f itself. The field holds its slope f'.",
)
task.wrong(
    _with_slope(lambda t: 0.5),
    "this is the field close to the centre, where f' is 1/2. Elsewhere f' depends on "
    "psi theta.",
)
task.wrong(
    lambda theta, psi, gamma: _field(theta, psi, gamma)[::-1],
    "the order is exchanged: return the generator's entry first.",
)
