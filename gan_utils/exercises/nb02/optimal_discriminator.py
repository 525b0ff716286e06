"""Exercise: the best discriminator for unequal shares."""

import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _optimal(p, q, real_share):
    return real_share * p / (real_share * p + (1 - real_share) * q)


def _density_cases(rng):
    cases = [
        (*rng.uniform(0.05, 2, (2, n)), share) for n, share in ((7, 0.2), (4, 0.7))
    ]
    p, q = rng.uniform(0.05, 2, (2, 6))
    p[1], q[4] = 0, 0
    return [*cases, (p, q, 0.35)]


task = register(
    Exercise(
        name="optimal_discriminator",
        notebook="02",
        difficulty=2,
        minutes=8,
        reference=_optimal,
        cases=_density_cases,
    )
)

task.wrong(
    lambda p, q, real_share: p / (p + q),
    "this is the answer for equal shares. Weigh p by real_share and q by 1 - "
    "real_share.",
)
task.wrong(
    lambda p, q, real_share: _optimal(q, p, 1 - real_share),
    "this is the probability of a fake. D is the probability of a datum.",
)
task.wrong(
    lambda p, q, real_share: _optimal(p, q, 1 - real_share),
    "the shares are exchanged: real_share belongs to p.",
)
task.wrong(
    lambda p, q, real_share: _optimal(q, p, real_share),
    "p and q are exchanged: D should be near 1 where p is large.",
)
task.wrong(
    lambda p, q, real_share: real_share * p / (p + q),
    "only the numerator is weighed. Weigh both densities in the denominator too, or D "
    "cannot reach 1 where q is 0.",
)
task.wrong(
    lambda p, q, real_share: real_share * p / (real_share * p + q),
    "only p is weighed. Fakes come up too, with share 1 - real_share.",
)
task.wrong(
    lambda p, q, real_share: p / (p + (1 - real_share) * q),
    "only q is weighed. Data come up too, with share real_share.",
)
task.wrong(
    lambda p, q, real_share: real_share * p / ((1 - real_share) * q),
    "these are the odds. A probability is odds / (1 + odds).",
)
task.wrong(
    lambda p, q, real_share: np.log(real_share * p) - np.log((1 - real_share) * q),
    "this is the logit of D. Put it through a sigmoid.",
)
