"""Rules that read experiments: who moves, on what, and is it told truly?"""

from gan_utils.clinic.rule import PROOF, Rule

WIRING = (
    Rule(
        "one_optimiser",
        PROOF,
        lambda e: e.wiring.g_by_d > 0 and e.wiring.g_by_g == 0 and e.wiring.d_by_g == 0,
        "G moves with D's learning rate alone, and nothing moves with G's alone",
        "With G's learning rate at 0, G still moves by {g_by_d:.3g}; with D's at 0 "
        "nothing moves. One optimiser holds both networks.",
    ),
    Rule(
        "both_move",
        PROOF,
        lambda e: e.wiring.g_by_d > 0 and e.wiring.d_by_g > 0,
        "each network moves while its own learning rate is 0",
        "With G's learning rate at 0, G still moves by {g_by_d:.3g}; with D's at 0, D "
        "still moves by {d_by_g:.3g}. Each optimiser moves both networks.",
    ),
    Rule(
        "g_trains_d",
        PROOF,
        lambda e: e.wiring.d_by_g > 0 and e.wiring.g_by_g == 0 and e.wiring.g_by_d == 0,
        "G's learning rate moves D and never G",
        "With D's learning rate at 0, the step of G moves D by {d_by_g:.3g} and G by "
        "0. Since the start G has moved by {drift_g:.1%}.",
    ),
    Rule(
        "d_ascends",
        PROOF,
        lambda e: e.wiring.d_gain > 0 and e.wiring.reads_data > 0 == e.wiring.g_by_d,
        "a step of D alone, on the data, raises D's own loss",
        "One step of D alone raises D's own loss by {d_gain:.3g}: it climbs. D ranks "
        "a real sample above a fake in {auc:.0%} of pairs.",
    ),
    Rule(
        "no_data",
        PROOF,
        lambda e: e.wiring.reads_data == 0 and e.wiring.d_by_d > 0,
        "D's step is the same on other data",
        "D's step on one batch of data equals its step on another to the last digit: "
        "no data enter. Coverage is {coverage:.0%}.",
    ),
    Rule(
        "built_twice",
        PROOF,
        lambda e: e.same_points > 0.1,
        "the same points get other logits as data than as fakes, by more than 0.1",
        "The same points, shown once as data and once as fakes, get logits that "
        "differ by {same_points:.3g}: two networks judge them.",
    ),
    Rule(
        "prints_no_loss",
        PROOF,
        lambda e: (
            abs(e.wiring.printed - e.wiring.computed)
            > 0.01 * (1 + abs(e.wiring.computed))
            and e.wiring.reads_data > 0
        ),
        "the reported loss of D is not the loss computed from the same batch, by 1 %",
        "The update reports {printed:.4g} as D's loss; computed from the same batch "
        "it is {computed:.4g}. The curve shows something else.",
    ),
    Rule(
        "no_activations",
        PROOF,
        lambda e: e.bend < 1e-3,
        "between two points D gives the mean of its values there, to 0.1 % of their "
        "deviation",
        "Halfway between two points D gives the mean of its values at both, to "
        "{bend:.1g} of their deviation: it is affine. Coverage is {coverage:.0%}.",
    ),
)
