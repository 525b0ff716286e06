"""The displayed formulas of notebook 08, each against an independent computation."""

import numpy as np
from numpy.testing import assert_allclose as close

from formulas.each import checks_of
from formulas.formula import Formula
from gan_utils import games
from gan_utils.numerics import float64


def path_of(gamma, start, h, updates):
    """Follow the library's game in 64 bits."""
    game = games.dirac("r1", gamma=gamma)
    with float64():
        path = games.trajectory(game, games.simultaneous, start, updates, h)
        return np.asarray(path)


def check_step(f):
    """Against one update of the library's game from close to the goal."""
    given, simple = f
    for h in (0.2, 1.3):
        for start in ((3e-5, 0.0), (1e-5, -2e-5)):
            before, after = np.hypot(*path_of(0.0, start, h, 1).T)
            close([given(r=before, h=h), simple(r=before, h=h)], after, rtol=1e-6)


def check_length(f):
    """Against the library's game where nothing turns: each update keeps one share."""
    gamma, h, n = 2.0, 0.2, 37
    table = np.array([[1, -h / 2], [h / 2, 1 - h * gamma]])
    values, arrows = np.linalg.eig(table)
    for which in (0, 1):
        start = 1e-5 * arrows[:, which]
        before, after = np.hypot(*path_of(gamma, start, h, n).T)[[0, -1]]
        close(f(size=abs(values[which]), n=n, start=before), after, rtol=1e-4)


def check_factor(f):
    """Against the eigenvalues of the library's update, while the players turn."""
    for gamma, h in ((0.0, 0.2), (0.3, 0.2), (0.8, 0.7)):
        with float64():
            game = games.dirac("r1", gamma=gamma)
            values = games.update_eigenvalues(game, games.simultaneous, h)
        close(f(h=h, gamma=gamma), np.abs(values) ** 2, rtol=1e-9)


def _formula(name, latex, expression, check, **options):
    return Formula(name, "08", latex, expression, check, **options)


FORMULAS = [
    _formula(
        "a straight step off a circle",
        r"\sqrt{r^2 + \left(\tfrac12 h r\right)^2} = r\,\sqrt{1 + \tfrac14 h^2}",
        ("sqrt(r**2 + (h * r / 2) ** 2)", "r * sqrt(1 + h**2 / 4)"),
        check_step,
        swaps=(("r", "h"),),
    ),
    _formula(
        "length after n updates",
        r"\text{length after } n \text{ updates} = "
        r"|\mu|^n \times \text{length at the start}",
        "size**n * start",
        check_length,
        swaps=(("size", "start"),),
    ),
    _formula(
        "factor with friction",
        r"|\mu|^2 = 1 - h\,\gamma + \tfrac14 h^2",
        "1 - h * gamma + h**2 / 4",
        check_factor,
        swaps=(("h", "gamma"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
