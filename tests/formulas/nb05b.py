"""The displayed formula of the side room 05b, against SciPy."""

import numpy as np
from numpy.testing import assert_allclose as close
from scipy import stats

from formulas.each import checks_of
from formulas.formula import Formula


def check_wilson(f):
    """Against SciPy's interval, for few and many runs."""
    for n, k in ((100, 93), (100, 100), (12, 0), (7, 3)):
        ends = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        c = stats.norm.ppf(0.975)
        close(f(r=k / n, n=n, c=c, sign=np.array([-1, 1])), ends, atol=1e-12)


FORMULAS = [
    Formula(
        name="Wilson's interval",
        notebook="05b",
        latex=r"\frac{r + \frac{c^2}{2n} \pm c\sqrt{\frac{r(1-r)}{n} + "
        r"\frac{c^2}{4n^2}}}{1 + \frac{c^2}{n}}",
        expression=(
            "(r + c**2 / (2 * n) + sign * c * sqrt(r * (1 - r) / n "
            "+ c**2 / (4 * n**2))) / (1 + c**2 / n)"
        ),
        check=check_wilson,
        swaps=(("r", "c"),),
    ),
]

test_right, test_mutants, test_displayed, test_listed = checks_of(FORMULAS)
