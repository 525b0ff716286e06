"""The spectrum of one update: the eigenvalues that decide whether a game settles.

An update maps what both players carry, w = (D's parameters, G's parameters, both
optimisers' moments), to its next value. Data, latents, step number, batch statistics
and the generator's average are held where they are. Near a resting point w* the map
is w* + J (w - w*), so the run settles if every eigenvalue of J is smaller than 1 in
size and is thrown out if one is larger. For plain gradient steps of size h the map is
w + h v(w), and (eigenvalue - 1) / h is an eigenvalue of the vector field v.
"""

import dataclasses
from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import scipy  # its parts load when they are first used
from jax.flatten_util import ravel_pytree

from gan_utils import validate
from gan_utils.numerics import cast, float64
from gan_utils.training.optimizers import adam_through

DENSE = 3000  # numbers up to which the whole Jacobian is built


class UpdateMap(NamedTuple):
    """One update as a function of a vector; use it inside `numerics.float64()`."""

    point: np.ndarray  # (n,) float64, where the state stands
    step: Callable[[jax.Array], jax.Array]  # (n,) -> (n,)


def update_map(gan, state, batch, moments: bool = True) -> UpdateMap:
    """Write one update of a GAN as a map of vectors, in float64.

    The vector holds D's parameters, G's parameters and, with `moments`, the numbers
    that both optimisers carry: two for each parameter with Adam, none with `optax.sgd`.
    A parameter that has never had a gradient, such as D's last bias under a pairing
    loss, stands still and is left out: Adam's step has no slope there.

    Args:
        gan: structure.
        state: of one run.
        batch: data of the update, as `gan.step` takes them.
        moments: True to let the optimisers' numbers move with the parameters.

    Returns:
        UpdateMap.

    Raises:
        ValueError: when the state is that of an ensemble, or has made no update of
            Adam's yet.
    """
    if state.step.ndim:
        raise ValueError(
            f"state holds {state.step.shape[0]} members; expected that of one run. "
            "Take one with jax.tree.map(lambda leaf: leaf[0], state)."
        )
    swap = {optax.adam: adam_through}  # its step has a slope everywhere
    smooth = tuple(swap.get(each, each) for each in gan.optimizer)
    gan = dataclasses.replace(gan, optimizer=smooth)
    with float64():
        state, batch = cast((state, batch), "float64")
        whole, rebuild = ravel_pytree(_moving(state, moments))
        whole, free = np.asarray(whole), _free(state, moments)

        @jax.jit
        def step(vector):
            moved = rebuild(jnp.asarray(whole).at[free].set(vector))
            with jax.numpy_dtype_promotion("standard"):
                after, _ = gan.step(_placed(state, moved, moments), batch)
            return ravel_pytree(_moving(after, moments))[0][free]

        return UpdateMap(whole[free], step)


def spectrum(
    gan, state, batch, leading: int | None = None, moments: bool = True
) -> np.ndarray:
    """Compute eigenvalues of the update's Jacobian at a state.

    Both players' parameters and both optimisers' moments move; see the module's text
    for what is held fixed. Everything is computed in float64 on the CPU, because an
    update's Jacobian is far from symmetric and its eigenvalues magnify rounding.

    Args:
        gan: structure.
        state: of one run; with Adam, after some updates.
        batch: data of the update, as `gan.step` takes them; a large batch comes nearer
            to the game itself.
        leading: how many of the largest to find, without building the matrix (Arnoldi's
            method on products J u); None for all, from the matrix itself.
        moments: False holds the optimisers' moments fixed.

    Returns:
        Complex eigenvalues, shape (leading,) or (n,), the largest in size first.

    Raises:
        ValueError: when there are too many numbers for the whole matrix, or too few for
            `leading`; when the Jacobian is not finite.

    References:
        Mescheder et al., The numerics of GANs, arXiv:1705.10461; Nagarajan and Kolter,
        arXiv:1706.04156.
    """
    point, step = update_map(gan, state, batch, moments)
    if leading is None:
        values = np.linalg.eigvals(_matrix(point, step))
    else:
        validate.count(leading, "leading", minimum=1)
        values = _leading(point, step, leading)
    values = values.astype(complex)
    return values[np.lexsort((values.imag, values.real, -np.abs(values).round(12)))]


def _matrix(point, step):
    if len(point) > DENSE:
        raise ValueError(
            f"the players carry {len(point)} numbers; expected {DENSE} or fewer for "
            "all eigenvalues. Pass leading=6 for the largest, or moments=False."
        )
    with float64():
        return _finite(np.asarray(jax.jit(jax.jacfwd(step))(jnp.asarray(point))))


def _leading(point, step, leading):
    if leading > len(point) - 2:
        raise ValueError(
            f"leading is {leading}, but the players carry {len(point)} numbers; "
            f"expected {len(point) - 2} or fewer. Pass leading=None for all."
        )

    @jax.jit
    def product(vector):
        return jax.jvp(step, (jnp.asarray(point),), (vector,))[1]

    def multiply(vector):
        return _finite(np.asarray(product(vector.ravel())))

    start = np.random.default_rng(0).normal(size=len(point))  # the same answer twice
    with float64():
        matrix = scipy.sparse.linalg.LinearOperator(
            (len(point),) * 2, matvec=multiply, dtype="float64"
        )
        return scipy.sparse.linalg.eigs(
            matrix, leading, v0=start, return_eigenvectors=False
        )


def _finite(values):
    if not np.isfinite(values).all():
        raise ValueError(
            "the update has no finite slope here. Likely cause: a run that has "
            "diverged, or a penalty with a root at 0."
        )
    return values


def _moving(state, moments: bool):
    players = state.d, state.g
    params = [player.variables.params for player in players]
    return params, [_floats(player.opt_state) for player in players] if moments else ()


def _floats(tree) -> list:
    leaves = jax.tree.leaves(tree)
    return [leaf for leaf in leaves if jnp.issubdtype(leaf.dtype, jnp.floating)]


def _free(state, moments: bool) -> np.ndarray:
    """List the places of numbers that can move, in the order of `_moving`."""
    players = (state.d, state.g)
    seen = [_had_gradient(player) for player in players]
    flags = (
        seen,
        [
            leaves * (len(_floats(player.opt_state)) // len(leaves)) if leaves else []
            for leaves, player in zip(seen, players, strict=True)
        ],
    )
    flat = jax.tree.leaves(flags if moments else seen)
    free = np.flatnonzero(np.concatenate([np.ravel(leaf) for leaf in flat]))
    if not len(free):
        raise ValueError(
            "state holds no moments yet; expected one after some updates, because "
            "Adam's first step has no slope. Train first, or use optax.sgd."
        )
    return free


def _had_gradient(player) -> list:
    """Tell of every parameter whether its mean squared gradient is above 0."""
    squares = optax.tree.get(player.opt_state, "nu", None)
    leaves = jax.tree.leaves(player.variables.params if squares is None else squares)
    return [
        np.asarray(leaf) > 0 if squares is not None else np.ones(leaf.shape, bool)
        for leaf in leaves
    ]


def _placed(state, moving, moments: bool):
    """Put moving numbers in the place of the state's own."""
    params, carried = moving
    players = []
    for i, player in enumerate((state.d, state.g)):
        variables = player.variables._replace(params=params[i])
        kept = player.opt_state
        kept = _with_floats(kept, carried[i]) if moments else kept
        players.append(player._replace(variables=variables, opt_state=kept))
    return state._replace(d=players[0], g=players[1])


def _with_floats(tree, floats):
    leaves, structure = jax.tree.flatten(tree)
    new = iter(floats)
    leaves = [
        next(new) if jnp.issubdtype(leaf.dtype, jnp.floating) else leaf
        for leaf in leaves
    ]
    return jax.tree.unflatten(structure, leaves)
