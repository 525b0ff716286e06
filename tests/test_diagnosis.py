"""The diagnosis: every rule on made-up evidence, and no cheating.

Whole runs are diagnosed in test_faults.py, which trains them anyway. The rate over 40
sick and 10 healthy runs is measured by `python -m benchmarks.clinic`.
"""

import ast
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.special import expit

from gan_utils import clinic, losses
from gan_utils.clinic import broken_losses, clouds, evidence
from gan_utils.clinic.diagnosis import judge
from gan_utils.clinic.probes import Wiring, loss_shape

SOUND = clinic.Evidence(
    stopped="",
    data_reach=0.9,
    fake_reach=0.9,
    modes="8 of 8",
    coverage=0.75,
    precision=0.9,
    spread=1.0,
    travel=0.15,
    closeness=1.0,
    auc=0.65,
    calibration=0.1,
    claim_real=0.51,
    claim_fake=0.49,
    output_low=-3.0,
    output_high=2.0,
    bend=3.0,
    drift_d=0.25,
    drift_g=0.3,
    d_grad=0.1,
    g_grad=0.1,
    d_rate=3e-3,
    g_rate=3e-3,
    same_points=0.0,
    batch_gap=0.0,
    wiring=Wiring(0.07, 0.0, 0.0, 0.07, -0.04, -0.04, 0.02, 1.4, 1.4, 0.0, 0.0),
    loss=loss_shape(losses.nonsaturating),
)
WRONG = {  # cause -> what a run with it must at least show
    "data_unscaled": dict(data_reach=255.0, fake_reach=1.0),
    "nan": dict(stopped="stopped at step 7: a report is NaN or infinite."),
    "d_too_weak": dict(drift_d=0.02),
    "memorising": dict(closeness=0.3),
    "d_wins": dict(auc=1.0, claim_real=0.99, claim_fake=0.01, coverage=0.0),
    "collapse": dict(coverage=0.1, spread=0.05),
    "cycling": dict(coverage=0.2, travel=1.3),
    "unfinished": dict(coverage=0.2),
    "double_sigmoid": dict(output_low=0.1, output_high=1.0),
    "g_frozen": dict(drift_g=0.0),
    "no_activations": dict(bend=1e-6),
    "built_twice": dict(same_points=2.0),
    "d_ascends": dict(wiring=SOUND.wiring._replace(d_gain=0.04)),
    "one_optimiser": dict(wiring=SOUND.wiring._replace(g_by_d=0.07, g_by_g=0.0)),
    "both_move": dict(wiring=SOUND.wiring._replace(g_by_d=0.07, d_by_g=0.07)),
    "g_trains_d": dict(
        drift_g=0.0, wiring=SOUND.wiring._replace(d_by_g=0.07, g_by_g=0.0)
    ),
    "no_data": dict(
        wiring=SOUND.wiring._replace(reads_data=0.0, d_gain=0.005, printed=1.1)
    ),
    "prints_no_loss": dict(wiring=SOUND.wiring._replace(printed=0.1)),
}
LOSSES = (
    "labels_swapped",
    "labels_ignored",
    "zero_at_both_ends",
    "raw_logits",
    "g_helps_d",
    "only_real",
    "outside_gradient",
)


def test_nothing_is_found_in_sound_evidence():
    found = judge(SOUND)
    assert found.cause == "healthy" and found.findings == ()
    assert "cover 75% of the data" in str(found)


@pytest.mark.parametrize("cause", WRONG)
def test_each_cause_comes_first_on_its_own_evidence(cause):
    found = judge(SOUND._replace(**WRONG[cause]))
    assert found.cause == cause
    assert "{" not in str(found) and 0 < found.findings[0].score <= 1


@pytest.mark.parametrize("cause", LOSSES)
def test_a_broken_loss_is_known_by_its_slopes(cause):
    shape = loss_shape(getattr(broken_losses, cause))
    assert judge(SOUND._replace(loss=shape)).cause == cause


@pytest.mark.parametrize("name", losses.LOSSES)
def test_no_loss_of_the_course_is_called_broken(name):
    shape = loss_shape(losses.LOSSES[name])
    assert judge(SOUND._replace(loss=shape)).cause == "healthy"


def test_a_proof_outranks_what_follows_from_it():
    swapped = loss_shape(broken_losses.labels_swapped)
    found = judge(SOUND._replace(loss=swapped, coverage=0.1, spread=0.1, travel=1.0))
    causes = [finding.cause for finding in found.findings]
    assert causes == ["labels_swapped", "collapse", "cycling", "unfinished"]
    scores = [finding.score for finding in found.findings]
    assert scores == sorted(scores, reverse=True)


def test_the_diagnosis_knows_no_switch():
    """Neither names of faults nor broken parts reach the code that reads a run."""
    folder = Path(clinic.__file__).parent
    reading = ["evidence", "probes", "clouds", "rule", "diagnosis"]
    reading += [path.stem for path in folder.glob("rules*.py")]
    for name in reading:
        tree = ast.parse((folder / f"{name}.py").read_text())
        text = " ".join(
            f"{node.module} {' '.join(alias.name for alias in node.names)}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        )
        for hidden in ("faults", "broken", "changes", "healthy", "gallery"):
            assert hidden not in text, f"{name} imports {hidden}"


def test_every_fault_has_a_rule_and_every_rule_a_threshold_to_read():
    causes = {rule.cause for rule in clinic.rules.RULES}
    assert causes == set(clinic.FAULTS) | {"unfinished"}
    table = clinic.rules.table()
    assert all(f"| {cause} |" in table for cause in causes)


def test_ranks_of_pairs_agree_with_counting_them():
    rng = np.random.default_rng(0)
    real, fake = rng.integers(0, 5, 40), rng.integers(0, 4, 30)
    wins = (real[:, None] > fake) + 0.5 * (real[:, None] == fake)
    np.testing.assert_allclose(evidence.auc(real, fake), wins.mean())


def test_calibration_of_an_honest_and_of_an_overconfident_judge():
    rng = np.random.default_rng(0)
    logit = rng.normal(size=100_000) * 2
    data = rng.random(len(logit)) < expit(logit)
    assert evidence.calibration(logit[data], logit[~data]) < 0.01
    sure = 5 * logit
    assert evidence.calibration(sure[data], sure[~data]) > 0.1


def test_clouds_of_one_distribution_and_of_two():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 500, 3))
    alike = clouds.compare(x, y)
    np.testing.assert_allclose(alike.coverage, 1 - 2**-5, atol=0.02)
    np.testing.assert_allclose(alike.told_apart, 0.5, atol=0.06)
    np.testing.assert_allclose(alike.spread, 1.0, atol=0.1)
    apart = clouds.compare(x, 0.01 * y + 50)
    assert apart.coverage == 0 and apart.precision == 0 and apart.told_apart == 1
    np.testing.assert_allclose(clouds.nearest(x[:5] + 1e-9, x), 0, atol=1e-7)


def test_loss_shape_of_the_minimax_pair():
    shape = loss_shape(losses.minimax)
    p = expit(np.array([-3.0, 0.0, 3.0]))
    np.testing.assert_allclose(shape.on_real, p - 1, atol=1e-6)
    np.testing.assert_allclose(shape.on_fake, p, atol=1e-6)
    np.testing.assert_allclose(shape.g_on_fake, -p, atol=1e-6)
    assert not shape.symmetric and 0 < shape.floor < 1e-7
    assert jnp.isclose(loss_shape(losses.least_squares).floor, 0.0)
