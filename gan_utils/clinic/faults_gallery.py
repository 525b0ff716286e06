"""Faults that no article needs to be blamed for: the rest of the gallery."""

from gan_utils.clinic import broken_losses, changes, symptoms
from gan_utils.clinic.fault import Fault
from gan_utils.clinic.symptoms import Symptom

OTHERS = {
    "collapse": Fault(
        "gallery",
        "G moves forty times for every move of D, at a rate that never falls, and "
        "nothing smooths D.",
        "One step each, a gradient penalty on D, and a rate that falls.",
        changes.collapse,
        Symptom(
            "The samples have under a quarter of the data's spread, and stay so.",
            symptoms.spread,
            lambda value: value < 0.25,
            steps=300,
        ),
    ),
    "d_wins": Fault(
        "gallery",
        "D is far ahead (five steps for one, 500 times G's rate, no penalty); G starts "
        "as a point and has the saturating loss log(1 - D), which is flat there.",
        "The non-saturating loss -log D, equal rates and steps, a gradient penalty, a "
        "G that starts spread out.",
        changes.d_wins,
        Symptom(
            "D's loss falls under 0.001, and G's gradient vanishes with it.",
            symptoms.last("d_loss"),
            lambda value: value < 0.001,
            steps=1000,
        ),
    ),
    "d_too_weak": Fault(
        "gallery",
        "D's learning rate is a hundred times too small.",
        "Give D at least the learning rate of G.",
        changes.d_too_weak,
        Symptom(
            "D's parameters move by less than 5 % of their length.",
            symptoms.drift("d"),
            lambda value: value < 0.05,
        ),
    ),
    "cycling": Fault(
        "gallery",
        "A small D without a penalty, and learning rates that never fall: the players "
        "chase each other.",
        "A larger D, a gradient penalty, and learning rates that fall.",
        changes.cycling,
        Symptom(
            "At the end the samples still move by more than 0.6 of the data's "
            "deviation from frame to frame.",
            symptoms.travel,
            lambda value: value > 0.6,
            steps=1000,
        ),
    ),
    "memorising": Fault(
        "gallery",
        "The whole training set is eight points.",
        "More data, or augmentation; a smaller D, an earlier end.",
        changes.memorising,
        Symptom(
            "The samples lie less than 0.7 times as far from the training data as "
            "unseen data do.",
            symptoms.closeness,
            lambda value: value < 0.7,
            steps=1000,
        ),
    ),
    "nan": Fault(
        "gallery",
        "log(1 - sigmoid(logit)) in place of log_sigmoid, with a large learning rate "
        "and no penalty: log 0.",
        "Losses on logits (softplus), a smaller learning rate, the penalty.",
        changes.nan,
        Symptom(
            "The guard stops the run.",
            symptoms.stopped,
            lambda value: value == 1,
        ),
    ),
    "labels_swapped": Fault(
        "gallery",
        "D is trained to call data fake and fakes real.",
        "Label 1 for data, 0 for fakes, in D's loss.",
        changes.loss(broken_losses.labels_swapped),
        Symptom(
            "D's mean logit on data lies more than 1 below that on fakes.",
            symptoms.advantage,
            lambda value: value < -1,
        ),
    ),
    "g_frozen": Fault(
        "gallery",
        "The generator's learning rate is 0.",
        "Let the generator learn.",
        changes.g_frozen,
        Symptom(
            "G's parameters are, to the last digit, where they started.",
            symptoms.drift("g"),
            lambda value: value == 0,
            steps=100,
        ),
    ),
}
