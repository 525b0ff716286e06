"""The unrolled generator draws what JAX's own draws, to the bit."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_utils import numerics
from gan_utils.threefry import restored, unrolled

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.lists(st.integers(0, 5), max_size=3).map(tuple)
same_every_time = settings(
    deadline=None, database=None, derandomize=True, max_examples=20
)
pytestmark = pytest.mark.skipif(
    jax.default_backend() != "cpu", reason="other backends keep JAX's own program"
)


def data(keys):
    return jax.random.key_data(keys)


@same_every_time
@given(SEEDS, SHAPES, st.sampled_from(["uint8", "uint16", "uint32"]))
def test_bits(seed, shape, kind):
    key = jax.random.key(seed)
    wanted = jax.random.bits(key, shape, kind)
    found = jax.jit(lambda key: jax.random.bits(unrolled(key), shape, kind))(key)
    np.testing.assert_array_equal(found, wanted)


def test_bits_of_64():
    with numerics.float64():
        key = jax.random.key(3)
        wanted = jax.random.bits(key, (7, 2), "uint64")
        draw = jax.jit(lambda key: jax.random.bits(unrolled(key), (7, 2), "uint64"))
        found = draw(key)
    np.testing.assert_array_equal(found, wanted)


@same_every_time
@given(SEEDS, SEEDS, st.integers(1, 6))
def test_split_and_fold_in(seed, number, count):
    key = jax.random.key(seed)

    def both(key):
        return (
            data(jax.random.split(key, (count, 2))),
            data(jax.random.fold_in(key, np.uint32(number))),
        )

    found = jax.jit(lambda key: both(unrolled(key)))(key)
    jax.tree.map(np.testing.assert_array_equal, found, both(key))


DRAWS = {
    "normal": lambda key: jax.random.normal(key, (33, 2)),
    "uniform": lambda key: jax.random.uniform(key, (5,), minval=-1.0),
    "randint": lambda key: jax.random.randint(key, (50,), 0, 7),
    "choice": lambda key: jax.random.choice(key, 9, (4,), replace=False),
    "truncated normal": lambda key: jax.random.truncated_normal(key, -2, 2, (40,)),
    "permutation": lambda key: jax.random.permutation(key, jnp.arange(100)),
    "one draw each": jax.vmap(
        lambda key: jax.random.normal(key, (3,)), in_axes=0, axis_size=None
    ),
}


@pytest.mark.parametrize("name", DRAWS)
def test_draws(name):
    key = jax.random.key(11)
    key = jax.random.split(key, 4) if name == "one draw each" else key
    wanted = DRAWS[name](key)
    found = jax.jit(lambda key: DRAWS[name](unrolled(key)))(key)
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("n", [1, 15, 16, 17, 31, 33, 48, 1000, 4096, 5001])
def test_every_length(n):
    key = jax.random.key(n)
    found = jax.jit(lambda key: jax.random.normal(unrolled(key), (n,)))(key)
    np.testing.assert_array_equal(found, jax.random.normal(key, (n,)))


def test_what_is_left_alone():
    def check(key):
        assert unrolled(key) is key

    check(jax.random.key(0))  # outside of jit
    jax.eval_shape(check, jax.random.PRNGKey(0))  # a raw key
    jax.eval_shape(check, jax.random.key(0, impl="rbg"))  # another generator
    jax.eval_shape(lambda key: check(unrolled(key)), jax.random.key(0))  # done before


def test_restored():
    """What a network stores is JAX's own kind of key again."""

    def there_and_back(key):
        return restored({"key": unrolled(key), "x": jnp.ones(2), "raw": data(key)})

    key = jax.random.key(5)
    found = jax.jit(there_and_back)(key)
    assert found["key"].dtype == key.dtype and bool((found["key"] == key).all())


@pytest.mark.parametrize("n", [8, 200])
def test_fewer_kernels(n):
    """The reason for it: less to compile and to run."""

    def kernels(prepare):
        draw = jax.jit(lambda key: jax.random.normal(prepare(key), (n, 2)))
        return draw.lower(jax.random.key(0)).compile().as_text().count(" fusion(")

    assert kernels(unrolled) < kernels(lambda key: key)
