"""Exercise: both players' losses when D only sees changed images."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import softplus

from gan_utils.exercises.exercise import Exercise, register


def _losses(real, fake, for_g):
    return (softplus(-real) + softplus(fake)).mean(), softplus(-for_g).mean()


def _augmented_losses(D, change, keys, x, fakes):
    real, fake = D(change(keys[0], x)), D(change(keys[1], fakes))
    return _losses(real, fake, fake)


def _data_only(D, change, keys, x, fakes):
    fake = D(fakes)
    return _losses(D(change(keys[0], x)), fake, fake)


def _fakes_only(D, change, keys, x, fakes):
    fake = D(change(keys[1], fakes))
    return _losses(D(x), fake, fake)


def _never_for_g(D, change, keys, x, fakes):
    real, fake = D(change(keys[0], x)), D(change(keys[1], fakes))
    return _losses(real, fake, D(fakes))


def _not_at_all(D, change, keys, x, fakes):
    return _losses(D(x), D(fakes), D(fakes))


def _changed_logits(D, change, keys, x, fakes):
    real, fake = change(keys[0], D(x)), change(keys[1], D(fakes))
    return _losses(real, fake, fake)


def _keys_swapped(D, change, keys, x, fakes):
    return _augmented_losses(D, change, keys[::-1], x, fakes)


def _one_key(D, change, keys, x, fakes):
    return _augmented_losses(D, change, (keys[0], keys[0]), x, fakes)


def _new_change_for_g(D, change, keys, x, fakes):
    real, fake = D(change(keys[0], x)), D(change(keys[1], fakes))
    return _losses(real, fake, D(change(keys[0], fakes)))


def _only_g_sees(D, change, keys, x, fakes):
    return _losses(D(x), D(fakes), D(change(keys[1], fakes)))


def _half_a_loss(D, change, keys, x, fakes):
    d_loss, g_loss = _augmented_losses(D, change, keys, x, fakes)
    return d_loss / 2, g_loss


def _swapped_signs(D, change, keys, x, fakes):
    real, fake = D(change(keys[0], x)), D(change(keys[1], fakes))
    return (softplus(real) + softplus(-fake)).mean(), softplus(fake).mean()


def _saturating(D, change, keys, x, fakes):
    d_loss, _ = _augmented_losses(D, change, keys, x, fakes)
    return d_loss, -softplus(D(change(keys[1], fakes))).mean()


def _generator_first(D, change, keys, x, fakes):
    return _augmented_losses(D, change, keys, x, fakes)[::-1]


def _fakes_for_g_only(D, change, keys, x, fakes):
    real, fake = D(change(keys[0], x)), D(fakes)
    _, g_loss = _augmented_losses(D, change, keys, x, fakes)
    return (softplus(-real) + softplus(fake)).mean(), g_loss


def _images(rng):
    """Small images, a D with a bend, and a change that moves and dims them."""
    cases = []
    for batch, side in ((6, 4), (9, 5), (5, 3)):
        x = jnp.asarray(rng.normal(size=(batch, side, side)) + 0.5, "float32")
        fakes = jnp.asarray(rng.normal(size=(batch, side, side)) - 0.3, "float32")
        weights = jnp.asarray(rng.normal(size=side * side), "float32")
        keys = jax.random.split(jax.random.key(int(rng.integers(1000))))
        cases.append((_discriminator(weights), _move_and_dim, keys, x, fakes))
    return cases


def _discriminator(weights):
    def D(x):
        flat = x.reshape(len(x), -1)
        return jnp.sin(flat) @ weights

    return D


def _move_and_dim(key, x):
    shape = (len(x),) + (1,) * (x.ndim - 1)
    light = jax.random.uniform(key, shape, minval=0.4, maxval=1.2)
    return 0.3 + light * jnp.roll(x, 1, axis=-1)


def _slope_reaches_g(attempt) -> str:
    """Compare the slope of G's loss in the fakes with the right one."""
    D, change, keys, x, fakes = _images(np.random.default_rng(5))[0]

    def slope(losses):
        return jax.grad(lambda fakes: losses(D, change, keys, x, fakes)[1])(fakes)

    try:
        if jnp.allclose(slope(attempt), slope(_augmented_losses), atol=1e-5):
            return ""
    except jax.errors.JAXTypeError:  # NumPy cannot be differentiated
        pass
    return (
        "The numbers are right, but the slope of G's loss in the fakes is not: it must "
        "pass back through the change. Is there a stop_gradient, or a detour through "
        "NumPy?"
    )


task = register(
    Exercise(
        name="augmented_losses",
        notebook="09",
        difficulty=3,
        minutes=10,
        reference=_augmented_losses,
        cases=_images,
        rtol=1e-3,
        properties=(_slope_reaches_g,),
    )
)

task.wrong(
    _data_only,
    "Only the data were changed. D then learns that changed images are real, and G "
    "learns to make them. Change the fakes too.",
)
task.wrong(
    _fakes_only,
    "Only the fakes were changed, so D can tell them by the change alone.",
)
task.wrong(
    _never_for_g,
    "D's loss is right. In G's loss the fakes went to D unchanged, and D has never "
    "seen such images: change them there too.",
)
task.wrong(_not_at_all, "Nothing was changed: `change` is never used.")
task.wrong(
    _changed_logits,
    "You changed D's answers. The images are changed, before D sees them.",
)
task.wrong(
    _keys_swapped,
    "The keys are swapped: keys[0] changes the data, keys[1] the fakes. On average "
    "nothing is lost, but your numbers cannot be compared.",
)
task.wrong(
    _one_key,
    "One key changes data and fakes, so both get the same shifts. They are to be "
    "independent: keys[0] for the data, keys[1] for the fakes.",
)
task.wrong(
    _new_change_for_g,
    "D's loss is right. For G you changed the fakes a second time, by keys[0]. Both "
    "losses read the same logits, changed by keys[1].",
)
task.wrong(
    _only_g_sees,
    "D's own loss reads unchanged images. She is the one who learns data by heart: "
    "change what she sees in both losses.",
)
task.wrong(
    _half_a_loss,
    "D's loss is half of what is asked. It is the mean over the data plus the mean "
    "over the fakes.",
)
task.wrong(
    _swapped_signs,
    "The labels are swapped: D must give data a high logit and fakes a low one, and G "
    "wants a high one.",
)
task.wrong(
    _generator_first,
    "The order is turned round: return D's loss first, then G's.",
)
task.wrong(
    _fakes_for_g_only,
    "In D's loss the fakes went in unchanged, so she can tell them by the missing "
    "change. G's loss is right: use the same logits for both.",
)
task.wrong(
    _saturating,
    "G's loss is the saturating one, log(1 - D). Asked for is the non-saturating "
    "loss: softplus(-logit).",
)
