"""Faults of the articles R0 (brain) and R1 (calculus) that change a run."""

from gan_utils.clinic import broken_losses, changes, symptoms
from gan_utils.clinic.fault import Fault
from gan_utils.clinic.symptoms import Symptom

R0_R1 = {
    "double_sigmoid": Fault(
        "R0.1",
        "D ends in a sigmoid and the loss, which expects logits, applies another.",
        "Return the logit; take sigmoid(logit) only to read it.",
        changes.double_sigmoid,
        Symptom(
            "Trained alone against a resting G, without a penalty, D cannot bring its "
            "loss under softplus(-1) + softplus(0) = 1.006.",
            symptoms.lowest("d_loss"),
            lambda value: value > 1.006,
            experiment=changes.d_alone,
        ),
    ),
    "d_ascends": Fault(
        "R0.2",
        "D's optimiser minimises the negative of D's loss: D is trained to be wrong.",
        "Descend D's loss.",
        changes.d_ascends,
        Symptom(
            "D's loss rises above 3, where guessing costs 2 log 2 = 1.386.",
            symptoms.last("d_loss"),
            lambda value: value > 3,
        ),
    ),
    "both_move": Fault(
        "R0.3",
        "No variable lists: each optimiser moves both networks.",
        "Differentiate each loss in its own player's parameters only.",
        changes.both_move,
        Symptom(
            "G's loss falls under 0.5, for D is moved to please it; at a draw it is "
            "log 2 = 0.693.",
            symptoms.last("g_loss"),
            lambda value: value < 0.5,
            steps=1000,
        ),
    ),
    "built_twice": Fault(
        "R0.4",
        "D is built twice without sharing weights: data and fakes meet different "
        "networks, and each needs only one answer.",
        "Build D once and call it on both.",
        changes.built_twice,
        Symptom(
            "Asked again about the fakes, D gives a mean logit more than 1 above the "
            "one it reports in training.",
            symptoms.changes_its_mind,
            lambda value: value > 1,
        ),
    ),
    "no_activations": Fault(
        "R1.1",
        "No hidden activations: G is affine before its tanh, D a logistic regression.",
        "Put a leaky ReLU behind every hidden layer.",
        changes.no_activations,
        Symptom(
            "G makes one blob: under half of the samples lie near data.",
            symptoms.precision,
            lambda value: value < 0.5,
            steps=1000,
        ),
    ),
    "labels_ignored": Fault(
        "R1.2",
        "D's loss p log p + (1-p) log(1-p) never looks at the labels.",
        "Use -log p on data and -log(1-p) on fakes.",
        changes.loss(broken_losses.labels_ignored),
        Symptom(
            "D's loss settles at -2 log 2 = -1.386, below zero, as D says 1/2 to all.",
            symptoms.last("d_loss"),
            lambda value: value < -1.3,
        ),
    ),
    "zero_at_both_ends": Fault(
        "R1.3",
        "G's loss -p log p is 0 where it wins and 0 where it fails completely.",
        "Use -log p, which is 0 only where G wins.",
        changes.loss(broken_losses.zero_at_both_ends),
        Symptom(
            "Where D is ahead (five steps for one, no penalty), G's loss falls under "
            "0.1 because D is sure of its fakes.",
            symptoms.last("g_loss"),
            lambda value: value < 0.1,
            experiment=changes.d_ahead,
        ),
    ),
    "no_data": Fault(
        "R1.4",
        "'Real' and 'fake' are both the generator's output: no data ever enter.",
        "Give D the data.",
        changes.no_data,
        Symptom(
            "D's loss is a perfect 1.386, and the samples cover under 30 % of the "
            "data.",
            symptoms.coverage,
            lambda value: value < 0.3,
            steps=1000,
        ),
    ),
    "outside_gradient": Fault(
        "R1.5",
        "The losses are computed outside the gradient: TensorFlow's tape returns None, "
        "JAX a silent 0.",
        "Compute the loss inside the function that is differentiated.",
        changes.outside_gradient,
        Symptom(
            "G's parameters are, to the last digit, where they started.",
            symptoms.drift("g"),
            lambda value: value == 0,
            steps=100,
        ),
    ),
}
