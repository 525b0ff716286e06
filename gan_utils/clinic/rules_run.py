"""Rules that read the run itself: its data, samples, claims and parameters."""

from gan_utils.clinic.rule import PROOF, READING, STATISTIC, TINY, Rule

RUN = (
    Rule(
        "data_unscaled",
        PROOF,
        lambda e: e.data_reach >= 2 and e.fake_reach <= 1.001,
        "data reach 2 or more, samples never leave [-1, 1]",
        "The data reach {data_reach:.3g}, the samples {fake_reach:.3g}: G ends in a "
        "function that cannot reach the data.",
    ),
    Rule(
        "g_frozen",
        PROOF,
        lambda e: e.drift_g < TINY < e.drift_d and e.wiring.d_by_g == 0,
        "G's parameters are where they started, D's are not",
        "Since the start D has moved by {drift_d:.1%} of its length and G by "
        "{drift_g:.1%}; G's learning rate is {g_rate:.2g}, its gradient {g_grad:.2g}.",
    ),
    Rule(
        "nan",
        0.95,
        lambda e: bool(e.stopped),
        "the guard stopped the run",
        "The guard: {stopped}",
    ),
    Rule(
        "d_too_weak",
        READING,
        lambda e: e.drift_d < 0.05 < 0.1 < e.drift_g,
        "D has moved by less than 5 % of its length, G by more than 10 %",
        "Since the start D has moved by {drift_d:.1%} of its length and G by "
        "{drift_g:.1%}: D's rate is {d_rate:.2g}. Coverage is {coverage:.0%}.",
    ),
    Rule(
        "memorising",
        READING,
        lambda e: e.closeness < 0.7,
        "samples lie less than 0.7 times as far from the stored data as other data do",
        "Samples lie {closeness:.2f} times as far from the stored data as other data "
        "do; D ranks unseen data above fakes in {auc:.0%} of pairs.",
    ),
    Rule(
        "d_wins",
        0.85,
        lambda e: e.auc > 0.99 and e.claim_real - e.claim_fake > 0.8,
        "D ranks 99 % of pairs rightly and claims probabilities 0.8 apart",
        "D claims {claim_real:.3f} for data and {claim_fake:.3f} for fakes and ranks "
        "{auc:.1%} of pairs rightly; G's gradient is {g_grad:.2g}.",
    ),
    Rule(
        "collapse",
        0.8,
        lambda e: e.coverage < 0.4 and e.spread < 0.25,
        "coverage under 40 % and spread under 25 % of the data's",
        "The samples have {spread:.0%} of the data's spread and cover {coverage:.0%} "
        "of them; modes reached: {modes}.",
    ),
    Rule(
        "cycling",
        STATISTIC,
        lambda e: e.coverage < 0.6 and e.travel > 0.6,
        "coverage under 60 % while samples still move by 0.6 deviations a frame",
        "At the end samples still move by {travel:.2f} deviations of the data from "
        "frame to frame and cover {coverage:.0%} of them.",
    ),
    Rule(
        "unfinished",
        0.3,
        lambda e: e.coverage < 0.3,
        "coverage under 30 %",
        "The samples cover {coverage:.0%} of the data.",
    ),
)
