"""Optimisers as functions of their (traced) moment decays, built anew in every step."""

import optax


def adam(beta1, beta2) -> optax.GradientTransformation:
    """Make Adam's direction; the step multiplies it by the learning rate.

    Args:
        beta1: decay of the mean gradient, in [0, 1); GANs often use 0 or 0.5.
        beta2: decay of the mean squared gradient, in [0, 1).

    References:
        Kingma and Ba, Adam, arXiv:1412.6980.
    """
    return optax.scale_by_adam(b1=beta1, b2=beta2, eps=1e-8)


def adam_through(beta1, beta2) -> optax.GradientTransformation:
    """Make Adam's direction for rules that differentiate through an optimiser's step.

    Adam divides by a root, which has no finite slope at 0: a weight that never had a
    gradient would turn every slope into NaN. Here 1e-16 stands under the root, which
    moves a step by less than rounding unless gradients are below 1e-8.

    References:
        Kingma and Ba, Adam, arXiv:1412.6980.
    """
    return optax.scale_by_adam(b1=beta1, b2=beta2, eps=1e-8, eps_root=1e-16)


def rmsprop(beta1, beta2) -> optax.GradientTransformation:
    """Make RMSProp's direction; beta1 is not used, beta2 is the decay."""
    return optax.scale_by_rms(decay=beta2, eps=1e-8)


def sgd(beta1, beta2) -> optax.GradientTransformation:
    """Make the plain gradient direction; neither decay is used."""
    return optax.identity()
