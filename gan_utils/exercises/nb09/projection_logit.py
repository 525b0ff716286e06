"""Exercise: the logit of the projection discriminator."""

import jax
import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register


def _projection_logit(phi, y, v, embedding):
    return phi @ v + (embedding[y] * phi).sum(axis=1)


def _scores(phi, embedding):
    return phi @ embedding.T  # (B, classes)


def _own(scores, y):
    return jnp.take_along_axis(scores, y[:, None], 1)[:, 0]


def _of_the_softmax(phi, y, v, embedding):
    return phi @ v + _own(jax.nn.log_softmax(_scores(phi, embedding)), y)


def _product(phi, y, v, embedding):
    return (phi @ v) * (embedding[y] * phi).sum(axis=1)


def _mean(phi, y, v, embedding):
    return phi @ v + (embedding[y] * phi).mean(axis=1)


def _all_classes(phi, y, v, embedding):
    return phi @ v + _scores(phi, embedding).sum(axis=1)


def _every_pair(phi, y, v, embedding):
    return (phi @ v)[:, None] + phi @ embedding[y].T


def _table(phi, y, v, embedding):
    return (phi @ v)[:, None] + _scores(phi, embedding)


def _minus(phi, y, v, embedding):
    return phi @ v - (embedding[y] * phi).sum(axis=1)


def _against_v(phi, y, v, embedding):
    return phi @ v + embedding[y] @ v


def _likeliest(phi, y, v, embedding):
    return phi @ v + _scores(phi, embedding).max(axis=1)


def _sum_of_embedding(phi, y, v, embedding):
    return phi @ v + embedding[y].sum(axis=1)


def _whole_batch(phi, y, v, embedding):
    return phi @ v + (embedding[y] * phi).sum()


def _batches(rng):
    cases = []
    for batch, features, classes in ((5, 3, 2), (7, 6, 4), (4, 8, 10)):
        phi, v = rng.normal(size=(batch, features)), rng.normal(size=features)
        embedding = rng.normal(size=(classes, features))
        y = jnp.asarray(rng.integers(0, classes, batch), "int32")
        arrays = (jnp.asarray(a, "float32") for a in (phi, v, embedding))
        phi, v, embedding = arrays
        cases.append((phi, y, v, embedding))
    return cases


task = register(
    Exercise(
        name="projection_logit",
        notebook="09",
        difficulty=2,
        minutes=8,
        reference=_projection_logit,
        cases=_batches,
        rtol=1e-3,
        atol=1e-4,
    )
)

task.wrong(
    lambda phi, y, v, embedding: phi @ v,
    "The label never enters: this D asks whether the image is real, not whether it "
    "fits its label. Add the embedding of y times phi.",
)
task.wrong(
    lambda phi, y, v, embedding: (embedding[y] * phi).sum(axis=1),
    "The term without a label is missing: v · phi, for log p(x)/q(x).",
)
task.wrong(
    _of_the_softmax,
    "You took the log-probability of the label. The normalisers of p and q are not "
    "part of this term: they are the same for all labels and belong to the first one. "
    "Use the plain product.",
)
task.wrong(_product, "You multiplied the two terms. Logarithms of factors add.")
task.wrong(
    _mean,
    "You averaged over the features. A dot product is a sum.",
)
task.wrong(
    _all_classes,
    "You summed over all classes. Only the row of the sample's own label counts: "
    "embedding[y].",
)
task.wrong(
    _every_pair,
    "You paired every image with every label, a table (B, B). Multiply row by row and "
    "sum over the features.",
)
task.wrong(
    _table,
    "You have the logit for every class, a table (B, classes). Each image comes with "
    "one label: take its row first, embedding[y].",
)
task.wrong(
    _minus,
    "You subtracted the second term. Both are logarithms of ratios p over q, and the "
    "logarithm of a product is their sum.",
)
task.wrong(
    _against_v,
    "You multiplied the embedding with v. Both vectors ask something of the image: "
    "each is multiplied with phi.",
)
task.wrong(
    _likeliest,
    "You took the label that fits best. The question is whether the image fits the "
    "label y that came with it.",
)
task.wrong(
    _whole_batch,
    "You summed over the whole batch too, so one number was added to every logit. Sum "
    "over the features only: axis=1.",
)
task.wrong(
    _sum_of_embedding,
    "The embedding is not compared with the image. Multiply it by phi before you sum.",
)
