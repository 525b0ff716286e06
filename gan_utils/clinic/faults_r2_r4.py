"""Faults of the articles R2 (probability), R3 (art), R4 (mechanism) in a run."""

from gan_utils.clinic import broken_losses, changes, symptoms
from gan_utils.clinic.fault import Fault
from gan_utils.clinic.symptoms import Symptom

R2_R4 = {
    "raw_logits": Fault(
        "R2.1",
        "Raw logits are the losses: D minimises D(x) + D(G(z)), G minimises D(G(z)).",
        "Give each logit a label: softplus(-D(x)) + softplus(D(G(z))), "
        "softplus(-D(G(z))).",
        changes.loss(broken_losses.raw_logits),
        Symptom(
            "Nobody is an adversary: D's loss falls under -5, on its way to minus "
            "infinity.",
            symptoms.last("d_loss"),
            lambda value: value < -5,
        ),
    ),
    "one_optimiser": Fault(
        "R2.3",
        "One Adam instance holds both networks: every call moves both, and the moments "
        "of two losses mix.",
        "Make an optimiser for each player, with its own parameters and moments.",
        changes.one_optimiser,
        Symptom(
            "D's loss settles near log 2 = 0.69, half of what guessing costs: the "
            "fakes sit at logit 0, which is best for the sum of both losses.",
            symptoms.last("d_loss"),
            lambda value: value < 1,
            steps=1000,
        ),
    ),
    "g_helps_d": Fault(
        "R2.4",
        "The generator's objective is the discriminator's loss: minimising it helps D.",
        "Give G the opposite aim, softplus(-D(G(z))).",
        changes.loss(broken_losses.g_helps_d),
        Symptom(
            "D's loss falls under 0.8, and nobody resists.",
            symptoms.last("d_loss"),
            lambda value: value < 0.8,
        ),
    ),
    "only_real": Fault(
        "R3.2",
        "D only ever sees data with label 1: the constant 1 is the best answer.",
        "Show D the fakes too, with label 0.",
        changes.loss(broken_losses.only_real),
        Symptom(
            "D calls fakes real: its mean logit on them is above 1.",
            symptoms.fake_logit,
            lambda value: value > 1,
        ),
    ),
    "g_trains_d": Fault(
        "R3.3",
        "'Training G' trains D on fakes with label 1; no parameter of G ever changes.",
        "Differentiate G's loss in G's parameters.",
        changes.g_trains_d,
        Symptom(
            "G's parameters are, to the last digit, where they started.",
            symptoms.drift("g"),
            lambda value: value == 0,
            steps=100,
        ),
    ),
    "prints_no_loss": Fault(
        "R3.4",
        "The loss that is printed is no loss: here, the mean logit on fakes.",
        "Print the number that is descended.",
        changes.prints_no_loss,
        Symptom(
            "The printed loss of D lies under 0.5, though D is guessing.",
            symptoms.last("d_loss"),
            lambda value: value < 0.5,
        ),
    ),
    "data_unscaled": Fault(
        "R4.2",
        "The data stay at 0 to 255, but the generator ends in tanh.",
        "Scale them to [-1, 1]: x / 127.5 - 1.",
        changes.data_unscaled,
        Symptom(
            "The samples have under 5 % of the data's spread: tanh cannot reach them.",
            symptoms.spread,
            lambda value: value < 0.05,
        ),
    ),
}
