"""Flax NNX as its own tutorials write it: nnx.Optimizer, nnx.jit, one call a step."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx
from jax.nn import softplus


def leaky(x):
    return nnx.leaky_relu(x, 0.2)


class Dense(nnx.Module):
    def __init__(self, sizes, activation, output, rngs):
        self.depth, self.activation, self.output = len(sizes) - 1, activation, output
        for i in range(self.depth):
            layer = nnx.Linear(sizes[i], sizes[i + 1], rngs=rngs)
            setattr(self, f"layer{i}", layer)

    def __call__(self, x):
        for i in range(self.depth - 1):
            x = self.activation(getattr(self, f"layer{i}")(x))
        x = getattr(self, f"layer{self.depth - 1}")(x)
        return x if self.output is None else self.output(x)


class ConvGenerator(nnx.Module):
    def __init__(self, latent, channels, rngs):
        first, second = channels
        self.channels = first
        self.layer0 = nnx.Linear(latent, 49 * first, rngs=rngs)
        self.layer1 = nnx.ConvTranspose(first, second, (4, 4), strides=2, rngs=rngs)
        self.layer2 = nnx.ConvTranspose(second, 1, (4, 4), strides=2, rngs=rngs)

    def __call__(self, z):
        x = nnx.relu(self.layer0(z)).reshape(-1, 7, 7, self.channels)
        return jnp.tanh(self.layer2(nnx.relu(self.layer1(x))))


class ConvDiscriminator(nnx.Module):
    def __init__(self, channels, rngs):
        first, second = channels
        self.layer0 = nnx.Conv(1, first, (4, 4), strides=2, rngs=rngs)
        self.layer1 = nnx.Conv(first, second, (4, 4), strides=2, rngs=rngs)
        self.layer2 = nnx.Linear(49 * second, 1, rngs=rngs)

    def __call__(self, x):
        x = leaky(self.layer1(leaky(self.layer0(x))))
        return self.layer2(x.reshape(len(x), -1))


def networks(spec, rngs):
    if spec.convolutional:
        generator = ConvGenerator(spec.latent, spec.hidden_g, rngs)
        return generator, ConvDiscriminator(spec.hidden_d, rngs)
    size = int(np.prod(spec.sample_shape))
    tanh = jnp.tanh if spec.data == "digits" else None
    generator = Dense((spec.latent, *spec.hidden_g, size), nnx.relu, tanh, rngs)
    return generator, Dense((size, *spec.hidden_d, 1), leaky, None, rngs)


def pair(spec, real, fake):
    """Return (D's loss, G's loss)."""
    if spec.loss == "relativistic":
        return softplus(fake - real).mean(), softplus(real - fake).mean()
    d_loss = softplus(-real).mean() + softplus(fake).mean()
    return d_loss, softplus(-fake).mean()


def penalty(spec, d, x, fake):
    def half_square(x):
        slope = jax.grad(lambda x: d(x).sum())(x)
        return 0.5 * (slope.reshape(len(x), -1) ** 2).sum(axis=1).mean()

    total = 0.0
    if spec.penalty in ("r1", "r1_r2"):
        total += half_square(x)
    if spec.penalty == "r1_r2":
        total += half_square(fake)
    return spec.gamma * total


def steps_of(spec):
    def d_loss(d, g, x, z):
        fake = jax.lax.stop_gradient(g(z))
        return pair(spec, d(x), d(fake))[0] + penalty(spec, d, x, fake)

    def g_loss(g, d, x, z):
        return pair(spec, d(x), d(g(z)))[1]

    @nnx.jit
    def step(d, g, d_optimizer, g_optimizer, x, z):
        if spec.simultaneous:
            d_value, d_slope = nnx.value_and_grad(d_loss)(d, g, x[0], z[0])
            g_value, g_slope = nnx.value_and_grad(g_loss)(g, d, x[0], z[0])
            d_optimizer.update(d, d_slope)
            g_optimizer.update(g, g_slope)
            return d_value, g_value
        for k in range(spec.d_steps):
            d_value, slope = nnx.value_and_grad(d_loss)(d, g, x[k], z[k])
            d_optimizer.update(d, slope)
        g_value, slope = nnx.value_and_grad(g_loss)(g, d, x[0], z[spec.d_steps])
        g_optimizer.update(g, slope)
        return d_value, g_value

    @jax.jit
    def draw(key, data):
        for_x, for_z = jax.random.split(key)
        rows = jax.random.randint(for_x, (spec.d_steps, spec.batch), 0, len(data))
        z = jax.random.normal(for_z, (spec.d_steps + 1, spec.batch, spec.latent))
        return data[rows], z

    return step, draw


class FlaxSide:
    def __init__(self, spec, start, data):
        self.spec, self.data = spec, jnp.asarray(data)
        self.step, self.draw = steps_of(spec)
        self.key = jax.random.key(1)
        self.reset(start)

    def reset(self, start):
        self.g, self.d = networks(self.spec, nnx.Rngs(0))
        for network, layers in ((self.g, start.g), (self.d, start.d)):
            for i, (kernel, bias) in enumerate(layers):
                layer = getattr(network, f"layer{i}")
                if isinstance(layer, nnx.ConvTranspose):
                    kernel = kernel[::-1, ::-1].transpose(0, 1, 3, 2)
                layer.kernel[...] = jnp.asarray(kernel)
                layer.bias[...] = jnp.asarray(bias)
        spec = self.spec
        tx = optax.adam(spec.rate, *spec.betas) if spec.betas else optax.sgd(spec.rate)
        self.d_optimizer = nnx.Optimizer(self.d, tx, wrt=nnx.Param)
        self.g_optimizer = nnx.Optimizer(self.g, tx, wrt=nnx.Param)

    def one(self, x, z):
        return self.step(self.d, self.g, self.d_optimizer, self.g_optimizer, x, z)

    def losses(self, start):
        draws = zip(start.x, start.z, strict=True)
        found = [self.one(*map(jnp.asarray, pair)) for pair in draws]
        self.reset(start)
        return [(float(d), float(g)) for d, g in found]

    def run(self, steps):
        for _ in range(steps):
            self.key, key = jax.random.split(self.key)
            value = self.one(*self.draw(key, self.data))
        jax.block_until_ready((value, nnx.state(self.g)))


def variants(spec) -> tuple[str, ...]:
    """Name the one idiomatic variant."""
    return ("nnx.jit",)


def make(spec, start, data, variant):
    """Build it."""
    return FlaxSide(spec, start, data)
