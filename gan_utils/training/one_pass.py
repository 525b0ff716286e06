"""Both players' gradients from one backward pass over the fakes.

In a simultaneous update both players look at the same fakes x_i = G(z_i) and their
logits t_i = D(x_i). With a_i and b_i the slopes of D's and G's loss in t_i,

    slope of L_D in D's parameters psi:    sum_i a_i dt_i/dpsi + (data, penalty)
    slope of L_G in G's parameters theta:  sum_i b_i dt_i/dx_i dx_i/dtheta

The usual way sends a back through D for the first line and b for the second. But D
judges every sample on its own, so whatever is sent back for sample i stays proportional
to what a 1 would have become. One pass with 1 at every logit is enough: scale by a_i
where it meets parameters, by b_i where it comes out at x_i. The two factors are never
divided: in the tails, where one player is sure, both go to 0.
"""

from functools import partial

import jax

from gan_utils.networks.sample_weights import by_sample, weighted_call
from gan_utils.threefry import unrolled


def gradients(gan, d, g, x, key, gamma=0.0, y=None, z=None):
    """Compute both players' gradients at one point.

    Args:
        gan: structure.
        d: Variables of the discriminator.
        g: Variables of the generator.
        x: data, shape (B, ...).
        key: PRNG key, used as `GAN.compare` uses it.
        gamma: weight of the penalty.
        y: labels (B,), or None.
        z: latents (B, size); drawn from the key when None.

    Returns:
        (to_d, to_g, seen): slopes in d.params and in g.params, and the Comparison that
        both losses are read from.
    """
    latent_key, penalty_key = jax.random.split(unrolled(key))
    z = gan.latent.sample(latent_key, x.shape[0]) if z is None else z
    # XLA merges the passes of this comparison with those below.
    seen = gan.compare(d, g, x, key, gamma, y, z)
    a, b = loss_slopes(gan.loss, seen.real, seen.fake)
    labels = gan.labels(y)

    def generate(params):
        return gan.play(gan.generator, g._replace(params=params), z, *labels)[0]

    fake, to_generator = jax.vjp(generate, g.params)

    def judge(params, pixels):
        """Return a number with D's gradient in params and dt_i/dx_i in pixels."""
        weighted = partial(weighted_call, weight=a)
        now = d._replace(params=params)
        real, now = gan.play(gan.discriminator, now, x, *labels)
        t, now = gan.play(gan.discriminator, now, pixels, *labels, call=weighted)
        penalty = gan.penalise(now, x, fake, penalty_key, *labels)
        loss = gan.loss(real, seen.fake).discriminator.mean()  # the fakes' part is in t
        return loss + gamma * penalty + t.sum()

    to_d, unit = jax.grad(judge, argnums=(0, 1))(d.params, fake)
    (to_g,) = to_generator(by_sample(b, unit))
    return to_d, to_g, seen


def loss_slopes(loss, real, fake):
    """Compute both players' slopes of the mean loss in each fake's logit.

    Args:
        loss: from `gan_utils.losses`.
        real: logits on data, shape (B,).
        fake: logits on generated samples, shape (B,).

    Returns:
        (a, b): slopes of D's and of G's loss, shape (B,) each.
    """
    a = jax.grad(lambda fake: loss(real, fake).discriminator.mean())(fake)
    b = jax.grad(lambda fake: loss(real, fake).generator.mean())(fake)
    return a, b
