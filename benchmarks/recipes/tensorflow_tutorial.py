"""TensorFlow: the DCGAN of the tutorial on MNIST, with its own numbers.

100 latents, batches of 256 from a shuffled tf.data pipeline, Adam with 1e-4 for both
players, cross-entropy from logits, both gradients taken before either player moves, in
one tf.function. Samples are drawn with running batch statistics, as there.

References:
    Deep Convolutional Generative Adversarial Network,
    tensorflow.org/tutorials/generative/dcgan
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf

LATENT, BATCH = 100, 256
layer = tf.keras.layers


def generator() -> tf.keras.Sequential:
    def up(channels, strides, **rest):
        same = dict(padding="same", use_bias=False)
        return layer.Conv2DTranspose(channels, 5, strides=strides, **same, **rest)

    def normalised(first):
        return [first, layer.BatchNormalization(), layer.LeakyReLU()]

    return tf.keras.Sequential(
        [
            layer.Input((LATENT,)),
            *normalised(layer.Dense(7 * 7 * 256, use_bias=False)),
            layer.Reshape((7, 7, 256)),
            *normalised(up(128, 1)),
            *normalised(up(64, 2)),
            up(1, 2, activation="tanh"),
        ]
    )


def discriminator() -> tf.keras.Sequential:
    def down(channels):
        convolution = layer.Conv2D(channels, 5, strides=2, padding="same")
        return [convolution, layer.LeakyReLU(), layer.Dropout(0.3)]

    ends = layer.Flatten(), layer.Dense(1)
    return tf.keras.Sequential([layer.Input((28, 28, 1)), *down(64), *down(128), *ends])


class TensorFlowTutorial:
    """The tutorial's training loop, a chunk of it at a time."""

    chunk = 5

    def __init__(self, x: np.ndarray, seed: int):
        tf.keras.utils.set_random_seed(seed)
        self.g, self.d = generator(), discriminator()
        self.g_optimizer = tf.keras.optimizers.Adam(1e-4)
        self.d_optimizer = tf.keras.optimizers.Adam(1e-4)
        self.loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)
        images = tf.data.Dataset.from_tensor_slices(x)
        self.batches = iter(images.shuffle(len(x)).batch(BATCH).repeat())
        self.step = tf.function(self._step)

    def advance(self) -> None:
        for _ in range(self.chunk):
            loss = self.step(next(self.batches))
        loss.numpy()

    def _step(self, x):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_images = self.g(tf.random.normal((BATCH, LATENT)), training=True)
            real, fake = self.d(x, training=True), self.d(fake_images, training=True)
            g_loss = self.loss(tf.ones_like(fake), fake)
            d_loss = self.loss(tf.ones_like(real), real)
            d_loss += self.loss(tf.zeros_like(fake), fake)
        g_slope = g_tape.gradient(g_loss, self.g.trainable_variables)
        d_slope = d_tape.gradient(d_loss, self.d.trainable_variables)
        pairs = zip(g_slope, self.g.trainable_variables, strict=True)
        self.g_optimizer.apply_gradients(pairs)
        pairs = zip(d_slope, self.d.trainable_variables, strict=True)
        self.d_optimizer.apply_gradients(pairs)
        return g_loss

    def samples(self, n: int) -> np.ndarray:
        latents = tf.random.normal((n, LATENT))
        parts = [latents[i : i + 500] for i in range(0, n, 500)]
        return np.concatenate([self.g(z, training=False).numpy() for z in parts])


def make(x: np.ndarray, seed: int) -> TensorFlowTutorial:
    """Start one run."""
    return TensorFlowTutorial(x, seed)
