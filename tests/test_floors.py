"""Floors against closed forms, disjoint draws, tuples, and what is refused."""

import numpy as np
import pytest

from gan_utils import metrics
from gan_utils.metrics import floor, repeat

NORMAL = np.random.default_rng(0).normal(3, 2, 4000)


def squared_gap(a, b):
    return (a.mean() - b.mean()) ** 2


def test_the_floor_of_a_squared_gap_is_two_variances_over_n():
    found = floor(squared_gap, NORMAL, 100, seeds=200)
    error = found.std / 200**0.5
    assert found.mean == pytest.approx(2 * 4 / 100, abs=4 * error)
    assert error < 0.01 and found.values.shape == (200,)
    assert found.values.std(ddof=1) == pytest.approx(found.std, rel=1e-12)


@pytest.mark.parametrize("n", [50, (20, 30, 50)])
def test_the_sets_are_disjoint_and_of_the_sizes_asked_for(n):
    def metric(*sets):
        assert tuple(map(len, sets)) == (n if isinstance(n, tuple) else (50, 50))
        return len(np.unique(np.concatenate(sets)))

    found = floor(metric, np.arange(100), n, seeds=3)
    assert found.mean == 100 and found.std == 0
    assert found.n == (n if isinstance(n, tuple) else (50, 50))


def test_a_metric_of_several_numbers_keeps_its_names():
    found = floor(metrics.neighbours, NORMAL[:200, None], 100, seeds=2)
    assert isinstance(found.mean, metrics.Neighbours)
    assert found.mean.recall == pytest.approx(found.values.recall.mean())
    text = str(found)
    assert text.startswith("precision ") and f"recall {found.mean.recall:.4g} ±" in text
    assert str(found).endswith("(2 draws, n = 100, 100)")


def test_seeds_are_the_whole_of_chance():
    a, b = (floor(squared_gap, NORMAL, 50, seeds=4) for _ in "ab")
    assert np.array_equal(a.values, b.values) and len(set(a.values)) == 4
    assert np.array_equal(a.values[:3], floor(squared_gap, NORMAL, 50, seeds=3).values)


def test_halves_scatter_as_much_as_a_score_of_all_rows_errs():
    found = repeat(lambda x: x.mean(), (NORMAL,), 2000, seeds=300)
    assert found.std == pytest.approx(2 / 4000**0.5, rel=0.15)
    everything = repeat(squared_gap, (NORMAL, NORMAL), (4000, 4000), seeds=2)
    assert everything.mean == pytest.approx(0, abs=1e-12)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="n asks for 4,200 rows in 2 disjoint sets"):
        floor(squared_gap, NORMAL, 2100)
    with pytest.raises(ValueError, match="n is 5,000, but a set holds 4,000"):
        repeat(squared_gap, (NORMAL, NORMAL), 5000)
    with pytest.raises(ValueError, match=r"sets is .* write \(x,\)"):
        repeat(squared_gap, NORMAL, 10)
    with pytest.raises(ValueError, match="n has 1 sizes for 2 sets"):
        repeat(squared_gap, (NORMAL, NORMAL), (10,))
    with pytest.raises(ValueError, match="seeds"):
        floor(squared_gap, NORMAL, 10, seeds=1)
    with pytest.raises(ValueError, match="n is"):
        floor(squared_gap, NORMAL, (10, 0))
