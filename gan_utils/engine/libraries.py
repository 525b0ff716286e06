"""Which library computes the products and the convolutions of an update?

Two questions for `measured.fastest`, each asked with the sizes of the largest layer.
Sizes are rounded up to powers of two, so that few questions serve many networks.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.engine import compilation, convolution, measured
from gan_utils.engine.compilation import CONVOLUTIONS, PRODUCTS

LAYERS = 2  # of the network whose products are timed
AT_LEAST = 8  # rows, units and channels of a question
FEW = 32  # units; with fewer, products take so little of an update that neither matters


def for_products(rows: int, state) -> dict[str, bool | str]:
    """Choose what a loop of dense updates is compiled with.

    Args:
        rows: of a batch.
        state: of one run, or of an ensemble whose members share a program.

    Returns:
        `jax.jit(compiler_options=...)`.
    """
    units = widest_layer(state)
    if units < FEW or not compilation.library_is_a_choice():
        return compilation.options()
    rows, units = _power_of_two(rows), _power_of_two(units)
    members = 1 << (state.step.size - 1).bit_length()
    forms = {"YNNPACK": None, "Eigen": PRODUCTS}
    together = f", {members} at once" if members > 1 else ""
    question = f"products of {rows} x {units} by {units} x {units}{together}"
    shapes = (members, rows, units), (members, units, units)
    return _fastest(question, forms, _dense, shapes)


def for_convolutions(rows: int, side: int, state) -> dict[str, bool | str]:
    """Choose what an update with convolutions is compiled with.

    Args:
        rows: of a batch.
        side: pixels of an image along one axis; each layer but the last halves them.
        state: of one run or of an ensemble.

    Returns:
        `jax.jit(compiler_options=...)`.
    """
    kernels = [shape for shape in _shapes(state, state.d) if len(shape) == 4]
    kernels = kernels or [shape for shape in _shapes(state, state.g) if len(shape) == 4]
    if not (kernels and compilation.library_is_a_choice()):
        return compilation.options(CONVOLUTIONS)
    k, _, c, d = max(kernels, key=np.prod)
    side = max(side >> (len(kernels) - 1), k)
    rows, side, c, d = map(_power_of_two, (rows, side, c, d))
    program = partial(_convolutional, (k, min(2, k), k // 2, (side, side)))
    forms = {"Eigen": CONVOLUTIONS, "YNNPACK": None}
    question = f"convolutions of {rows} x {side} x {side} x {c} by {k} x {k} to {d}"
    return _fastest(question, forms, program, ((rows, side, side, c), (k, k, c, d)))


def widest_layer(state) -> int:
    """Count the units of the widest layer in the networks of one member, or run."""
    shapes = _shapes(state, state.d, state.g)
    return max((shape[-1] for shape in shapes if len(shape) == 1), default=1)


def _shapes(state, *players) -> list[tuple[int, ...]]:
    """List the shapes of one member's parameters; a bias has one axis."""
    leaves = jax.tree.leaves([player.variables.params for player in players])
    return [leaf.shape[state.step.ndim :] for leaf in leaves]


def _fastest(question, forms, program, shapes):
    """Return the options of the form in which a program of such inputs is fastest."""
    options = {name: compilation.options(eigen) for name, eigen in forms.items()}

    def prepare(name):
        inputs = [jnp.full(shape, 1e-2, "float32") for shape in shapes]
        compiled = jax.jit(program, compiler_options=options[name] or None)
        compiled = compiled.lower(*inputs).compile()
        return lambda: compiled(*inputs)

    choices = {name: partial(prepare, name) for name in forms}
    return options[measured.fastest(question, choices)]


def _dense(x, kernel):
    """Compute the slopes of a small network, (members, ...) each."""

    def total(x, kernel):
        for _ in range(LAYERS):
            x = jax.nn.relu(x @ kernel)
        return x.sum()

    return jax.vmap(jax.grad(total, (0, 1)))(x, kernel)


def _convolutional(sizes, x, kernel):
    """Compute the slopes of a layer."""

    def total(x, kernel):
        return jax.nn.relu(convolution.conv(x, kernel, sizes)).sum()

    return jax.grad(total, (0, 1))(x, kernel)


def _power_of_two(n: int) -> int:
    return max(AT_LEAST, 1 << (int(n) - 1).bit_length())
