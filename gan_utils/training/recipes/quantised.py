"""A network's numbers in a quarter of the bytes: matrices with 8 bits a weight."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import validate
from gan_utils.networks import models
from gan_utils.networks.models import Factory, Variables

LEVELS = 127  # a weight is a whole number from -127 to 127 times its column's step
STEP = ".step"  # ends the name of the array that holds the columns' steps


def quantise(variables: Variables) -> dict[str, np.ndarray]:
    """Round a network's matrices and kernels to 8 bits, each column by its own step.

    A column is an entry of the last axis. Its step is 1/127 of its largest weight, so
    no weight moves by more than 0.4 % of that. Biases and batch statistics stay as they
    are, in float32.

    Args:
        variables: of a network, finite.

    Returns:
        Named arrays: int8 and float32.

    Raises:
        ValueError: a number is not finite.
    """
    return rounded(dict(named_leaves(variables._asdict())))


def rounded(arrays: dict[str, jax.Array]) -> dict[str, np.ndarray]:
    """Round arrays of two axes or more to 8 bits, as `quantise` does."""
    named = {}
    for name, leaf in arrays.items():
        validate.finite(np.asarray(leaf), name)
        array = np.asarray(leaf, "float32")
        if array.ndim < 2:
            named[name] = array
            continue
        largest = np.abs(array).max(axis=tuple(range(array.ndim - 1)))
        step = np.where(largest > 0, largest / LEVELS, 1.0).astype("float32")
        named[name] = np.round(array / step).astype("int8")
        named[name + STEP] = step
    return named


def restore(network: Factory, named: dict[str, np.ndarray]) -> Variables:
    """Make a network's variables of what `quantise` returned.

    Args:
        network: the network that was packed.
        named: arrays by name.

    Returns:
        Variables in float32.

    Raises:
        ValueError: the arrays are of another network.
    """
    like = jax.eval_shape(lambda: models.init(network, jax.random.key(0)))
    shapes = {name: leaf.shape for name, leaf in named_leaves(like._asdict())}
    held = {
        name: array.shape for name, array in named.items() if not name.endswith(STEP)
    }
    if shapes != held:
        other = sorted(set(shapes.items()) ^ set(held.items()))[0]
        raise ValueError(
            f"these weights are of another network: they differ in {other[0]}, "
            f"{other[1]}. Likely cause: a recipe that was changed after its training."
        )
    leaves = [
        jnp.asarray(named[name] * named.get(name + STEP, np.float32(1)), "float32")
        for name in shapes
    ]
    return jax.tree.unflatten(jax.tree.structure(like), leaves)


def named_leaves(trees: dict):
    """List all arrays with their paths, for example ("params.dense0.kernel", leaf).

    Args:
        trees: name -> tree of parameters; the name begins the path.
    """
    for part, tree in trees.items():
        for path, leaf in jax.tree_util.tree_flatten_with_path(tree)[0]:
            words = [str(key.key) for key in path if hasattr(key, "key")]
            yield ".".join([part, *words]), leaf
