"""Weigh each sample's part of the parameters' slopes, and not what reaches the input.

A layer y_i = f(w, x_i) sends the slope dy_i that comes back to it two ways:

    to its parameters   sum_i s_i (df/dw)(x_i) dy_i    with the weight s_i of sample i
    to its input        (df/dx)(x_i) dy_i              without

A 1 that is sent back from every logit t_i then arrives at the parameters as the slope
of sum_i s_i t_i, but at the input as that of sum_i t_i. What goes forward does not
change, and no layer knows of it: a `_Weighted` stands before each while a module runs.
"""

from functools import partial

import jax
from flax import nnx

from gan_utils import validate
from gan_utils.networks.convolution import Conv
from gan_utils.networks.recipe import Network, couples_samples, outline
from gan_utils.networks.spectral import SpectralConv, SpectralLinear

LAYERS = (nnx.Linear, nnx.Conv, nnx.Embed, Conv, SpectralLinear, SpectralConv)


def by_sample(weight: jax.Array, x: jax.Array) -> jax.Array:
    """Multiply each sample of x (B, ...) by its entry of weight (B,)."""
    return weight.astype(x.dtype).reshape(-1, *(1,) * (x.ndim - 1)) * x


def weighted_call(module: nnx.Module, *inputs: jax.Array, weight: jax.Array):
    """Run a module so that its parameters' slopes are weighted by sample.

    Args:
        module: every parameter lies in one of `LAYERS`; see `require_support`.
        *inputs: arrays with a leading batch axis.
        weight: of each sample, shape (B,).

    Returns:
        module(*inputs).

    Raises:
        ValueError: a layer's input has another leading axis than the batch.
    """
    layers = _layers(module)
    for holder, name, layer in layers:
        holder[name] = _Weighted(layer, weight)
    output = module(*inputs)
    for holder, name, layer in layers:
        holder[name] = layer
    return output


def require_support(recipe: Network, name: str) -> None:
    """Refuse a discriminator whose parameters' slopes cannot be weighted by sample.

    Args:
        recipe: the discriminator.
        name: setting that asks for it, for the message.

    Raises:
        ValueError: samples meet inside the network, or a parameter lies outside the
            layers that can be weighted.
    """
    if couples_samples(recipe):
        raise ValueError(
            f"{name} is True, but the discriminator holds batch normalisation, "
            "minibatch statistics or packing; expected one that judges every sample on "
            "its own. Likely cause: a setting of the alternating rule, where it is "
            f"allowed. Use {name}=False."
        )
    strays = _strays(outline(recipe))
    if strays:
        raise ValueError(
            f"{name} is True, but the discriminator's {', '.join(strays)} "
            f"{'lies' if len(strays) == 1 else 'lie'} outside the layers that support "
            f"it; expected parameters in {', '.join(kind.__name__ for kind in LAYERS)} "
            "only. Likely cause: another kind of layer, or a parameter that the module "
            f"uses itself. Use {name}=False."
        )


class _Weighted:
    """A layer that stands in another's place for the length of one call."""

    def __init__(self, layer: nnx.Module, weight: jax.Array):
        self._layer, self._weight = layer, weight

    def __call__(self, x: jax.Array) -> jax.Array:
        if x.shape[:1] != self._weight.shape:
            raise ValueError(
                f"{type(self._layer).__name__} is called on {validate.describe(x)} in "
                f"a pass over {len(self._weight)} samples; expected a leading axis of "
                "samples, because their slopes are weighted. Likely cause: a reshape "
                "or transpose that moves the batch axis; use one_pass=False."
            )
        graph, params, rest = nnx.split(self._layer, nnx.Param, ...)
        y, rest = _run(graph, params, rest, x, self._weight)
        nnx.update(self._layer, rest)
        return y

    def __getattr__(self, name):
        raise AttributeError(
            f"{name!r} of a layer is read while its slopes are weighted by sample; "
            "expected that the layer is only called. Likely cause: tied parameters or "
            "a penalty on weights inside the discriminator; use one_pass=False."
        )


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def _run(graph, params, rest, x, weight):
    return _plain(graph, params, rest, x)


def _forward(graph, params, rest, x, weight):
    return _plain(graph, params, rest, x), (params, rest, x, weight)


def _backward(graph, saved, slopes):
    params, rest, x, weight = saved
    dy, _ = slopes

    def layer(params, x):
        return _plain(graph, params, rest, x)[0]

    _, back = jax.vjp(layer, params, x)
    to_params, _ = back(by_sample(weight, dy))  # XLA drops the half of each pass
    _, to_x = back(dy)  # that is not used
    return to_params, None, to_x, None


_run.defvjp(_forward, _backward)


def _plain(graph, params, rest, x):
    params, rest = jax.tree.map(lambda leaf: leaf, (params, rest))  # as `apply` does
    layer = nnx.merge(graph, params, rest)
    y = layer(x)
    return y, nnx.split(layer, nnx.Param, ...)[2]


def _layers(module):
    """List (holder, name, layer): every place of a layer that can be weighted."""
    return [
        (holder, name, value)
        for _, node in nnx.iter_graph(module)
        if (holder := _holder(node)) is not None
        for name, value in _items(holder)
        if type(value) in LAYERS
    ]


def _strays(module):
    """Name the parameters that lie elsewhere."""
    layers = [layer for _, _, layer in _layers(module)]
    known = {id(value) for layer in layers for value in vars(layer).values()}
    return [
        ".".join(map(str, path))
        for path, node in nnx.iter_graph(module)
        if isinstance(node, nnx.Param) and id(node) not in known
    ] + [
        ".".join(map(str, (*path, name)))
        for path, node in nnx.iter_graph(module)
        if type(node) not in LAYERS and (holder := _holder(node)) is not None
        for name, value in _items(holder)
        if isinstance(value, nnx.Param) and id(value) in known
    ]


def _holder(node):
    """Return what holds the node's attributes or items, where they can be replaced."""
    if isinstance(node, nnx.Module):
        return vars(node)
    return node if type(node) in (list, dict) else None


def _items(holder):
    return list(holder.items() if isinstance(holder, dict) else enumerate(holder))
