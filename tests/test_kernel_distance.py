"""The kernel distance against scikit-learn's kernel, by luck alone, and its blindness.

Sums of float64, so agreement to 1e-9.
"""

import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.metrics.pairwise import polynomial_kernel

from gan_utils.divergences import mmd_squared, polynomial_mmd_squared
from gan_utils.metrics import kernel_distance

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(60, 5)), RNG.normal(0.3, 1.2, size=(40, 5))


def reference(x, y, degree):
    """Sum over pairs i != j, with scikit-learn's kernel."""
    xx, yy, xy = (
        polynomial_kernel(a, b, degree, gamma=1 / a.shape[1], coef0=1)
        for a, b in ((x, x), (y, y), (x, y))
    )
    within = [k[~np.eye(len(k), dtype=bool)].mean() for k in (xx, yy)]
    return sum(within) - 2 * xy.mean()


@pytest.mark.parametrize("degree", [1, 3])
def test_it_is_the_sum_over_pairs_of_other_points(degree):
    expected = reference(X, Y, degree)
    found = polynomial_mmd_squared(X, Y, degree)
    assert found == pytest.approx(expected, rel=1e-9)
    device = polynomial_mmd_squared(*map(jnp.float32, (X, Y)), degree)
    assert float(device) == pytest.approx(expected, rel=1e-3)


def test_identical_sets_give_what_leaving_out_the_diagonal_leaves():
    assert polynomial_mmd_squared(X, X) == pytest.approx(reference(X, X, 3), rel=1e-9)
    assert polynomial_mmd_squared(X, X) < 0
    biased = polynomial_mmd_squared(X, X, unbiased=False)
    assert biased == pytest.approx(0, abs=1e-12)


def test_blocks_are_averaged_and_share_no_row():
    found = kernel_distance(X, Y, block=20, seed=3)
    rng = np.random.default_rng(3)
    pieces = [np.array_split(rng.permutation(x), 2) for x in (X, Y)]
    expected = [reference(a, b, 3) for a, b in zip(*pieces, strict=True)]
    assert found.value == pytest.approx(np.mean(expected), rel=1e-9)
    error = np.std(expected, ddof=1) / 2**0.5
    assert found.standard_error == pytest.approx(error, rel=1e-9)


def test_equal_distributions_are_at_0_within_the_standard_error():
    sets = RNG.normal(size=(30, 2, 400, 5))
    found = np.array([kernel_distance(*pair, block=50) for pair in sets])
    assert abs(found[:, 0].mean()) < 3 * found[:, 0].std() / 30**0.5
    assert (found[:, 0] < 0).any() and (found[:, 0] > 0).any()
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.4)


def test_sorted_rows_do_no_harm():
    rows = np.sort(RNG.uniform(-1, 1, (400, 1)), 0)
    value, error = kernel_distance(rows, -rows, block=50)
    assert abs(value) < 4 * error < 0.4
    halves = polynomial_mmd_squared(rows[:50], -rows[:50])
    assert halves > 1  # what the first block would say of rows in this order


def test_blind_beyond_third_moments():
    signs = np.array([[-1.0], [1.0]])
    tails = np.array([-1.0, 0, 0, 0, 0, 1.0])[:, None] * 3**0.5
    same = polynomial_mmd_squared(signs, tails, unbiased=False)
    assert same == pytest.approx(0, abs=1e-12)
    assert mmd_squared(signs, tails, unbiased=False) > 0.05
    assert polynomial_mmd_squared(signs, tails, 4, unbiased=False) > 0.1
    value, error = kernel_distance(*(RNG.choice(a, 2000) for a in (signs, tails)), 200)
    assert abs(value) < 3 * error


@pytest.mark.parametrize(
    ("real", "fake", "block", "message"),
    [
        (X, Y, 30, "room for two blocks"),
        (X, Y[:, :3], 10, "real has 5 numbers a row and fake has 3"),
        (X, Y, 1, "block"),
        (X, np.full_like(Y, np.nan), 10, "fake holds .* NaN"),
        (X[:, 0], Y, 10, "real is .* one row a point"),
    ],
)
def test_sets_that_do_not_fit_are_refused(real, fake, block, message):
    with pytest.raises(ValueError, match=message):
        kernel_distance(real, fake, block=block)
