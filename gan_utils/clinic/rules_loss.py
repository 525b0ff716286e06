"""Rules that read the two losses: what do they ask of a logit?"""

from gan_utils.clinic.rule import PROOF, TINY, Rule, all_of, none_of

LOSS = (
    Rule(
        "outside_gradient",
        PROOF,
        lambda e: none_of(e.loss.on_real, e.loss.on_fake, e.loss.g_on_fake),
        "every slope of both losses in the logits is 0",
        "Both losses have slope 0 in every logit, so no gradient can come from them. "
        "Since the start D has moved by {drift_d:.1%} of its length and G by "
        "{drift_g:.1%}.",
    ),
    Rule(
        "labels_swapped",
        PROOF,
        lambda e: (
            all_of(e.loss.on_real, 1)
            and all_of(e.loss.on_fake, -1)
            and e.loss.floor > -TINY
        ),
        "D's loss rises with the logit on data, falls with that on fakes, and is "
        "never negative",
        "D's loss asks for a low logit on data and a high one on fakes. D ranks a "
        "real sample above a fake in {auc:.0%} of pairs.",
    ),
    Rule(
        "raw_logits",
        PROOF,
        lambda e: (
            all_of(e.loss.on_real, 1)
            and all_of(e.loss.on_fake, 1)
            and all_of(e.loss.g_on_fake, 1)
        ),
        "every slope of both losses in the logits is above 0",
        "Both losses fall with every logit, without end: nobody is an adversary. "
        "D's lowest output is {output_low:.3g}.",
    ),
    Rule(
        "labels_ignored",
        PROOF,
        lambda e: e.loss.symmetric and e.loss.on_real[0] < 0 < e.loss.on_real[2],
        "D's loss stays the same when data and fakes are exchanged, and is least "
        "inside",
        "D's loss does not change when data and fakes are exchanged: it never looks "
        "at the labels. D claims {claim_real:.3f} for data and {claim_fake:.3f} for "
        "fakes.",
    ),
    Rule(
        "only_real",
        PROOF,
        lambda e: none_of(e.loss.on_fake) and all_of(e.loss.on_real, -1),
        "D's loss has slope 0 in the logit on fakes",
        "D's loss does not depend on the fakes, so the answer 'real' to everything is "
        "perfect. D claims {claim_fake:.3f} for fakes.",
    ),
    Rule(
        "g_helps_d",
        PROOF,
        lambda e: all_of(e.loss.g_on_fake, 1) and all_of(e.loss.on_real, -1),
        "G's loss rises with the logit on fakes",
        "G's loss falls as D recognises its fakes: G works for D. D claims "
        "{claim_fake:.3f} for them.",
    ),
    Rule(
        "zero_at_both_ends",
        PROOF,
        lambda e: e.loss.g_on_fake[0] > TINY and e.loss.g_on_fake[1] < -TINY,
        "the slope of G's loss changes sign: above 0 at logit -3, below 0 at 0",
        "Where D is sure of a fake, G's loss falls as D gets surer: failing is as "
        "good as winning. D claims {claim_fake:.3f} for fakes.",
    ),
    Rule(
        "double_sigmoid",
        PROOF,
        lambda e: (
            (e.output_low >= 0 and e.output_high <= 1)
            or (e.loss.floor > 0.5 and all_of(e.loss.on_real, -1))
        ),
        "D's outputs stay in [0, 1], even 100 times as far out; or D's loss cannot "
        "go under 0.5",
        "D's outputs stay in [{output_low:.3f}, {output_high:.3f}] even far from the "
        "data: they are probabilities, and the loss takes them for logits. D's loss "
        "cannot go under softplus(-1) + softplus(0) = 1.006.",
    ),
)
