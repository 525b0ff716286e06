"""TensorFlow: Keras layers, one tf.function a step, and a tf.range loop over steps."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf

softplus = tf.nn.softplus


def networks(spec):
    layer = tf.keras.layers
    if spec.convolutional:
        (a, b), (c, d) = spec.hidden_g, spec.hidden_d
        up = dict(kernel_size=4, strides=2, padding="same")
        generator = tf.keras.Sequential(
            [
                layer.Input((spec.latent,)),
                layer.Dense(49 * a, activation="relu"),
                layer.Reshape((7, 7, a)),
                layer.Conv2DTranspose(b, activation="relu", **up),
                layer.Conv2DTranspose(1, activation="tanh", **up),
            ]
        )
        discriminator = tf.keras.Sequential(
            [
                layer.Input((28, 28, 1)),
                layer.Conv2D(c, **up),
                layer.LeakyReLU(negative_slope=0.2),
                layer.Conv2D(d, **up),
                layer.LeakyReLU(negative_slope=0.2),
                layer.Flatten(),
                layer.Dense(1),
            ]
        )
        return generator, discriminator
    size = int(np.prod(spec.sample_shape))
    tanh = "tanh" if spec.data == "digits" else None
    relu = [layer.Dense(w, activation="relu") for w in spec.hidden_g]
    generator = tf.keras.Sequential(
        [layer.Input((spec.latent,)), *relu, layer.Dense(size, activation=tanh)]
    )
    leaky = [layer.Input((size,))]
    for width in spec.hidden_d:
        leaky += [layer.Dense(width), layer.LeakyReLU(negative_slope=0.2)]
    return generator, tf.keras.Sequential([*leaky, layer.Dense(1)])


def pair(spec, real, fake):
    mean = tf.reduce_mean
    if spec.loss == "relativistic":
        return mean(softplus(fake - real)), mean(softplus(real - fake))
    return mean(softplus(-real)) + mean(softplus(fake)), mean(softplus(-fake))


class TensorFlowSide:
    def __init__(self, spec, start, data, inner, jit):
        self.spec, self.start, self.inner = spec, start, inner
        self.data = tf.constant(data)
        self.g, self.d = networks(spec)
        self.reset()
        self.one = tf.function(self._one, jit_compile=jit)
        self.many = tf.function(self._many)

    def reset(self):
        for network, layers in ((self.g, self.start.g), (self.d, self.start.d)):
            network.set_weights([w for layer in layers for w in layer])
        spec = self.spec
        for name, network in (("d_optimizer", self.d), ("g_optimizer", self.g)):
            optimizer = (
                tf.keras.optimizers.Adam(spec.rate, *spec.betas, epsilon=1e-8)
                if spec.betas
                else tf.keras.optimizers.SGD(spec.rate)
            )
            optimizer.build(network.trainable_variables)
            setattr(self, name, optimizer)

    def _half_square(self, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            total = tf.reduce_sum(self.d(x, training=True))
        slope = tape.gradient(total, x)
        axes = list(range(1, len(slope.shape)))
        return 0.5 * tf.reduce_mean(tf.reduce_sum(slope**2, axes))

    def _d_loss(self, x, z):
        spec, fake = self.spec, tf.stop_gradient(self.g(z, training=True))
        real_logits, fake_logits = (self.d(v, training=True)[:, 0] for v in (x, fake))
        loss = pair(spec, real_logits, fake_logits)[0]
        if spec.penalty != "none":
            loss += spec.gamma * self._half_square(x)
        if spec.penalty == "r1_r2":
            loss += spec.gamma * self._half_square(fake)
        return loss

    def _one(self, x, z):
        spec = self.spec
        d_vars, g_vars = self.d.trainable_variables, self.g.trainable_variables
        if spec.simultaneous:
            with tf.GradientTape(persistent=True) as tape:
                fake = self.d(self.g(z[0], training=True), training=True)[:, 0]
                d_loss, g_loss = pair(spec, self.d(x[0], training=True)[:, 0], fake)
            d_slope, g_slope = (
                tape.gradient(d_loss, d_vars),
                tape.gradient(g_loss, g_vars),
            )
            self.d_optimizer.apply_gradients(zip(d_slope, d_vars, strict=True))
            self.g_optimizer.apply_gradients(zip(g_slope, g_vars, strict=True))
            return d_loss, g_loss
        for k in range(spec.d_steps):
            with tf.GradientTape() as tape:
                d_loss = self._d_loss(x[k], z[k])
            slope = tape.gradient(d_loss, d_vars)
            self.d_optimizer.apply_gradients(zip(slope, d_vars, strict=True))
        with tf.GradientTape() as tape:
            fake = self.d(self.g(z[spec.d_steps], training=True), training=True)[:, 0]
            real = fake
            if spec.loss == "relativistic":
                real = self.d(x[0], training=True)[:, 0]
            g_loss = pair(spec, real, fake)[1]
        slope = tape.gradient(g_loss, g_vars)
        self.g_optimizer.apply_gradients(zip(slope, g_vars, strict=True))
        return d_loss, g_loss

    def _drawn(self):
        spec = self.spec
        rows = tf.random.uniform(
            (spec.d_steps, spec.batch), 0, len(self.data), tf.int32
        )
        z = tf.random.normal((spec.d_steps + 1, spec.batch, spec.latent))
        return self._one(tf.gather(self.data, rows), z)

    def _many(self, steps):
        for _ in tf.range(steps):
            self._drawn()

    def losses(self, start):
        found = []
        for x, z in zip(start.x, start.z, strict=True):
            found.append([v.numpy() for v in self.one(tf.constant(x), tf.constant(z))])
        self.__init__(self.spec, self.start, self.data, self.inner, False)
        return found

    def run(self, steps):
        if self.inner:
            self.many(tf.constant(steps))
        else:
            self.drawn = getattr(self, "drawn", None) or tf.function(self._drawn)
            for _ in range(steps):
                self.drawn()
        self.g.get_weights()


def variants(spec) -> tuple[str, ...]:
    """Name the call a step, and the loop inside the graph."""
    return ("tf.function", "tf.range")


def make(spec, start, data, variant):
    """Build one variant."""
    inner = variant == "tf.range"
    return TensorFlowSide(spec, start, data, inner=inner, jit=False)
