"""Functions of the course as WebAssembly in a real browser, against JAX.

Runs where playwright, a Chromium and a clang are (the extra `book` brings a clang).
"""

import base64

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax, random

pytest.importorskip("playwright", reason="needs playwright")
from gan_utils import page

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not page.compiler(), reason="needs a clang: pip install ziglang"
    ),
]
KEY = random.key(3)
RNG = np.random.default_rng(0)
A, B = (jnp.asarray(RNG.normal(size=s), "float32") for s in ((5, 7), (7, 33)))
ROWS = jnp.array([1, 1, 4])
EDGES = jnp.array([-9, -1, 0, 6, 5])  # only the second and third are rows of A

RUN = """async ({wasm, leaves, inputs, calls}) => {
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const {instance} = await WebAssembly.instantiate(bytes(wasm));
  const {memory, place, ...functions} = instance.exports;
  const view = k => new Uint8Array(memory.buffer, place(k), leaves[k]);
  inputs.forEach((text, k) => view(k).set(bytes(text)));
  for (const name of calls) functions[name]();
  return leaves.map((_, k) => Array.from(view(k)));
}"""


@pytest.fixture(scope="module")
def tab(browser):
    """Open an empty page without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def computed(tab, module, given, calls):
    """Run a module in the page; return its arrays after all calls."""
    leaves = [
        int(np.prod(leaf.shape)) * np.dtype(leaf.dtype).itemsize
        for leaf in module.leaves
    ]
    encode = lambda data: base64.b64encode(data).decode()  # noqa: E731
    job = {
        "wasm": encode(page.compiled(module.source)),
        "leaves": leaves,
        "inputs": [encode(np.ascontiguousarray(x).tobytes()) for x in given],
        "calls": calls,
    }
    parts = tab.evaluate(RUN, job)
    return [
        np.frombuffer(bytes(part), leaf.dtype).reshape(leaf.shape)
        for part, leaf in zip(parts, module.leaves, strict=True)
    ]


def distance(x) -> jax.Array:
    """Square a slope, so that a slope of it is a second derivative."""
    return (jax.grad(lambda x: jnp.tanh(x @ B).sum())(x) ** 2).sum()


def counted(carry):
    """Add one and grow by a tenth."""
    return carry[0] + 1, carry[1] * 1.1


def at_windows(scatter, a, mode):
    """Put four windows (2, 3) into a matrix (5, 7); three are partly outside."""
    starts = jnp.array([[1, 1], [4, 4], [-1, 4], [3, -1]])
    numbers = lax.ScatterDimensionNumbers((1, 2), (), (0, 1))
    windows = jnp.arange(1, 25.0).reshape(4, 2, 3)
    return scatter(a, starts, windows, numbers, mode=mode)


FUNCTIONS = {
    "a sum of a matrix and a row": lambda a: (a + a[:1], a * a[:, :1] + 2),
    "products": lambda a: (a @ B, B.T @ a.T, a @ a[0], a.T @ (a @ B)),
    "einsum": lambda a: jnp.einsum("ij,kj->ik", a, a),
    "exponentials": lambda a: (jnp.exp(30 * a), jnp.expm1(a), jnp.log1p(a * a)),
    "squashed": lambda a: (jnp.tanh(a), jax.nn.sigmoid(9 * a), jax.nn.softplus(9 * a)),
    "waves": lambda a: (jnp.sin(7 * a), jnp.cos(7 * a)),
    "bells": lambda a: (lax.erf(2 * a), lax.erf_inv(jnp.tanh(2 * a))),
    "powers": lambda a: (a**3, a**-2, jnp.abs(a) ** 2.3, jnp.sqrt(jnp.abs(a))),
    "a power near one": lambda a: 1 - lax.pow(a[0, 0] * 0 + 0.999, jnp.int32(3)),
    "reductions": lambda a: (a.sum(0), a.sum(1), a.max(1), a.min(), a.prod(0)),
    "places": lambda a: (a.argmax(1), a.argmin(0), jnp.any(a > 2), jnp.all(a < 9, 0)),
    "spread": lambda a: (a.std(), jnp.var(a, 0), jnp.linalg.norm(a, axis=1)),
    "sums so far": lambda a: (jnp.cumsum(a, 1), lax.cumsum(a, 0, reverse=True)),
    "products so far": lambda a: (jnp.cumprod(a, 1), lax.cumprod(a, 0, reverse=True)),
    "extremes so far": lambda a: (lax.cummax(a, 1), lax.cummax((9 * a).astype(int), 0)),
    "extremes so far with NaN": lambda a: lax.cummax(jnp.where(a > 1, jnp.nan, a), 1),
    "bits in common": lambda a: (
        lax.reduce_and((a > 0).astype("int32") + 8, (0,)),
        lax.reduce_and((a > 0).astype("uint32") + 8, (0,)),
        lax.reduce_or((a > 0).astype("int32") + 8, (1,)),
    ),
    "reductions over no axis": lambda a: (
        jnp.sum(a, axis=()),
        jnp.max(2 * a, axis=()),
        jnp.all(a > 0, axis=()),
    ),
    "softmax": lambda a: (jax.nn.softmax(a, 1), jax.nn.logsumexp(a, 1)),
    "choices": lambda a: (jnp.where(a > 0, a, -a), jnp.clip(a, -0.5, 0.5)),
    "whole numbers": lambda a: ((a * 10).astype("int32") // 3, jnp.sign(a), a > 0),
    "joined and padded": lambda a: (
        jnp.concatenate([a, 2 * a]),
        jnp.pad(a, ((1, 2), (0, 1))),
    ),
    "turned": lambda a: (a[::-1, ::2], a.T.reshape(7, 5), a[None, :, None]),
    "rows": lambda a: (a[ROWS], a[ROWS, ROWS], jnp.take(a, jnp.array([0, 9]), 0)),
    "a slope": lambda a: jax.grad(lambda a: jnp.tanh(a @ B).sum())(a),
    "a slope of a slope": jax.grad(distance),
    "a slope through rows": jax.grad(lambda a: (a[ROWS] ** 2).sum()),
    "an axis taken apart": lambda a: jnp.unstack(a, axis=1),
    "every row": lambda a: jax.vmap(lambda row: row @ B)(a),
    "the next number": lambda a: (jnp.nextafter(a, 9 + a), jnp.nextafter(a * 0, -a)),
    "one chosen by number": lambda a: lax.switch(
        jnp.int32(a[0, 0] > 9), [jnp.sin, jnp.cos], a
    ),
    "a slope of what was chosen": jax.grad(
        lambda a: lax.switch(jnp.int32(1 + 0 * a[0, 0]), [jnp.sin, jnp.tanh], a).sum()
    ),
    "what takes the place of what it reads": lambda a: (a.T @ a, a[::-1] + a),
    "a scan": lambda a: lax.scan(lambda c, x: (c / 2 + x, c.sum()), a[0], a),
    "a scan from behind": lambda a: lax.scan(
        lambda c, x: (c + x, c), a[0], a, reverse=True
    ),
    "a loop": lambda a: lax.while_loop(lambda c: c[0] < 5, counted, (0, a)),
    "a loop that writes": lambda a: lax.fori_loop(
        0, 4, lambda i, c: c.at[i].set(c[i] * 2), a
    ),
    "adding to rows outside": lambda a: [
        a.at[EDGES].add(2, mode=mode) for mode in (None, "clip", "promise_in_bounds")
    ],
    "writing windows partly outside": lambda a: [
        at_windows(lax.scatter, a, mode) for mode in (None, "clip")
    ],
    "adding windows partly outside": lambda a: [
        at_windows(lax.scatter_add, a, mode) for mode in (None, "clip")
    ],
    "a branch": lambda a: lax.cond(a[0, 0] > 0, lambda x: x * 2, lambda x: x - 1, a),
}
DRAWS = {
    "bits": lambda key: random.bits(key, (5, 3)),
    "keys": lambda key: random.key_data(random.split(key, 3)),
    "a key of a key": lambda key: random.key_data(random.fold_in(key, 7)),
    "uniform": lambda key: random.uniform(key, (5, 3)),
    "normal": lambda key: random.normal(random.split(key, 3)[1], (50, 3)),
    "whole": lambda key: random.randint(key, (50,), 0, 1000),
    "with weights": lambda key: random.categorical(key, jnp.arange(8.0), shape=(50,)),
    "keys by choice": lambda key: random.key_data(
        jnp.where(
            jnp.array([True, False, True]), random.split(key, 3), random.fold_in(key, 1)
        )
    ),
    "keys of keys": lambda key: random.key_data(
        jax.vmap(random.fold_in, (None, 0))(key, ROWS)
    ),
}


UNARY = (
    *(jnp.tanh, jnp.sin, jax.nn.softplus, jnp.abs, jnp.square, jax.nn.sigmoid),
    *(lambda x: x.T, lambda x: x[::-1], lambda x: jnp.flip(x, 1), lambda x: x * 0.5),
    *(lambda x: jnp.cumsum(x, 0) / 4, lambda x: x - x.mean(0, keepdims=True)),
    *(lambda x: jax.nn.softmax(x, 1), lambda x: jnp.clip(x, -1, 1)),
    *(lambda x: jnp.pad(x[1:], ((0, 1), (0, 0))), lambda x: x.reshape(x.shape[::-1])),
    *(lambda x: jnp.where(x > 0, x, 0.1 * x), lambda x: x[x.argmax(0)[:1] * 0]),
    *(lambda x: jnp.sqrt(1 + x * x), lambda x: jnp.log1p(x * x)),
)
BINARY = (
    *(jnp.add, jnp.subtract, jnp.multiply, jnp.maximum, jnp.minimum),
    *(lambda x, y: x / (2 + y * y), lambda x, y: jnp.where(x < y, x, y)),
)


def some_function(seed: int):
    """Make a small function of a matrix from operations drawn by lot."""
    rng = np.random.default_rng(seed)
    picks = [(rng.integers(4), *rng.random(3)) for _ in range(10)]

    def function(x):
        pool = [x, x[:3] @ x.T[:, :4] / 8]
        for kind, *places in picks:
            a, b = (pool[int(place * len(pool))] for place in places[:2])
            if kind == 0 and a.shape == b.shape:
                pool.append(BINARY[int(places[2] * len(BINARY))](a, b))
            elif kind == 1 and a.shape[1] == b.shape[0]:
                pool.append(jnp.tanh(a @ b))
            else:
                pool.append(UNARY[int(places[2] * len(UNARY))](a))
        return pool[-1], pool[-2].mean()

    return function


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**31), slope=st.booleans())
def test_functions_drawn_by_lot_are_the_same_in_the_page(tab, seed, slope):
    function = some_function(seed)
    if slope:
        agree(tab, jax.grad(lambda x: function(x)[0].sum()), A)
    else:
        agree(tab, function, A)


def agree(tab, function, argument) -> None:
    """Compare a function in the page with JAX: integers exactly, others to 1e-6
    of the largest."""
    module = page.module(
        {"f": (lambda x: {"out": function(x)}, ["x"])}, {"x": argument}
    )
    given = page.leaves_of(argument)
    found = computed(tab, module, given, ["f"])[len(given) :]
    wanted = page.leaves_of(function(argument))
    assert len(found) == len(wanted)
    for got, want in zip(found, wanted, strict=True):
        if want.dtype.kind == "f":
            size = max(np.nanmax(np.abs(want), initial=0), 1)
            np.testing.assert_allclose(got, want, rtol=1e-6, atol=1e-6 * size)
        else:
            np.testing.assert_array_equal(got, want)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_the_same_in_the_page(tab, name):
    agree(tab, FUNCTIONS[name], A)


@pytest.mark.parametrize("name", DRAWS)
def test_the_same_key_draws_the_same_numbers(tab, name):
    agree(tab, DRAWS[name], KEY)


def test_what_has_no_form_in_c_is_refused_by_name():
    with pytest.raises(page.UnknownPrimitive, match="'sort'"):
        page.module({"f": (lambda x: {"out": jnp.sort(x)}, ["x"])}, {"x": A})


def test_a_scatter_whose_mode_has_no_form_is_refused_by_name():
    def one_hot(x):
        return {"out": x.at[EDGES].add(1, mode=lax.GatherScatterMode.ONE_HOT)}

    with pytest.raises(page.UnknownPrimitive, match="scatter with mode ONE_HOT"):
        page.module({"f": (one_hot, ["x"])}, {"x": A})


def test_a_result_of_another_type_is_refused():
    with pytest.raises(ValueError, match="grew from"):
        page.module({"f": (lambda x: {"x": x > 0}, ["x"])}, {"x": A})
