"""Every fault shows its symptom at four seeds, where the healthy run does not."""

import dataclasses
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import clinic, data, losses
from gan_utils.clinic import broken_losses, broken_rules
from gan_utils.clinic import healthy as patients
from gan_utils.clinic.scripts import Script, two_optimisers
from gan_utils.clinic.symptoms import as_it_is
from gan_utils.training import run

POLISHED = True  # they train for longer than they compile
SEEDS = (0, 1, 2, 3)  # an even number: two cores share one program

PUBLISHED = {  # article -> faults that change a run, and those that stop it
    "R0": ({1, 2, 3, 4}, {5}),
    "R1": ({1, 2, 3, 4, 5}, {5}),
    "R2": ({1, 3, 4}, {2, 3}),
    "R3": ({2, 3, 4}, {1}),
    "R4": ({2}, {1, 2, 3}),
}
GUESSING = 2 * np.log(2)
TRAINED = (  # on whole runs here; the rest in benchmarks.clinic
    "d_ascends",
    "built_twice",
    "only_real",
    "data_unscaled",
    "labels_swapped",
    "collapse",
)


@lru_cache
def sick(name: str) -> clinic.Run:
    """Train the ring with a fault from four seeds, until its symptom shows."""
    symptom = clinic.FAULTS[name].symptom
    case = clinic.inject(clinic.healthy.ring(symptom.steps), name)
    return clinic.play(symptom.experiment(case), SEEDS)


@lru_cache
def healthy(steps: int, experiment=as_it_is) -> clinic.Run:
    """Train the sound ring for as long, from the same seeds."""
    return clinic.play(experiment(clinic.healthy.ring(steps)), SEEDS)


@pytest.mark.parametrize("name", clinic.FAULTS)
@pytest.mark.slow
def test_the_fault_shows_its_symptom_and_the_healthy_run_does_not(name):
    symptom = clinic.FAULTS[name].symptom
    ill = [symptom.measure(sick(name).member(i)) for i in range(len(SEEDS))]
    well = healthy(symptom.steps, symptom.experiment)
    well = [symptom.measure(well.member(i)) for i in range(len(SEEDS))]
    assert all(map(symptom.sick, ill)), f"{symptom.sentence} Measured: {ill}"
    assert not any(map(symptom.sick, well)), f"healthy runs show it too: {well}"


@pytest.mark.parametrize("cause", TRAINED)
@pytest.mark.slow
def test_the_cause_of_a_trained_run_comes_first(cause):
    assert clinic.diagnose(sick(cause).member(2)).cause == cause


@pytest.mark.slow
def test_a_trained_healthy_run_is_not_called_sick():
    run = healthy(1000)
    for i in range(len(SEEDS)):
        found = clinic.diagnose(run.member(i))
        assert found.cause == "healthy", found
    with pytest.raises(ValueError, match="run has 4 members"):
        clinic.diagnose(run)


@pytest.mark.parametrize("name", clinic.ERRORS)
def test_the_error_is_the_one_in_the_table(name):
    expected, error = clinic.ERRORS[name], clinic.provoke(name)
    assert type(error) is expected.kind
    assert expected.says in str(error)


def test_every_published_fault_is_in_the_clinic():
    for article, (behaviours, errors) in PUBLISHED.items():
        for table, numbers in ((clinic.FAULTS, behaviours), (clinic.ERRORS, errors)):
            sources = {row.source for row in table.values()}
            found = {int(s[3:]) for s in sources if s.startswith(f"{article}.")}
            assert found == numbers, article
    counts = {a: max(b | e) for a, (b, e) in PUBLISHED.items()}
    assert counts == {"R0": 5, "R1": 5, "R2": 4, "R3": 4, "R4": 3}


@pytest.mark.parametrize("article", clinic.ARTICLES)
def test_a_case_file_lists_what_is_wrong_shown_and_mended(article):
    rows = clinic.case_file(article)
    assert {int(row.source[3:]) for row in rows} == set.union(*PUBLISHED[article])
    assert all(all(row) for row in rows)
    table = clinic.case_files.table(article)
    assert table.count("\n") == len(rows) + 1
    assert all(line.count("|") == 6 for line in table.splitlines())


def test_the_gallery_has_twelve_cases_that_can_be_made():
    assert len(clinic.GALLERY) == 12
    for name in clinic.GALLERY:
        case = clinic.gallery.patient(name)
        assert (case.gan == patients.ring(case.steps).gan) == (
            name in ("healthy", "d_too_weak", "memorising", "data_unscaled", "g_frozen")
        )
    with pytest.raises(ValueError, match="expected 'healthy' or"):
        clinic.gallery.patient("flu")
    with pytest.raises(ValueError, match="name is str 'flu'"):
        clinic.inject(patients.ring(), "flu")


@pytest.mark.slow
def test_a_sound_script_is_the_ordinary_rule():
    """Two moves in the order of algorithm 1 give the same run, number for number."""
    case = patients.ring(20)
    scripted = dataclasses.replace(case.gan, update=Script(), optimizer=two_optimisers)
    source = data.batches(case.source, 32)
    ends = []
    for gan in (case.gan, scripted):
        state = gan.init(jax.random.key(0), **case.hyper)
        ends.append(run(gan, state, source, 20)[0])
    pairs = zip(*(jax.tree.leaves(e.g.variables.params) for e in ends), strict=True)
    for one, two in pairs:
        np.testing.assert_allclose(one, two, rtol=2e-4, atol=2e-5)


def test_the_floor_of_a_double_sigmoid_is_1_006():
    p = jnp.linspace(0.0, 1.0, 101)
    real, fake = (axis.ravel() for axis in jnp.meshgrid(p, p))
    least = losses.nonsaturating(real, fake).discriminator.min()
    np.testing.assert_allclose(least, np.log1p(np.exp(-1)) + np.log(2), rtol=1e-6)
    np.testing.assert_allclose(least, 1.006, atol=5e-4)


def test_broken_losses_have_the_formulas_of_their_case_files():
    logit = np.linspace(-6, 6, 25)
    p = 1 / (1 + np.exp(-logit))
    t = jnp.asarray(logit, "float32")
    entropy = broken_losses.labels_ignored(t, t).discriminator / 2
    expected = p * np.log(p) + (1 - p) * np.log(1 - p)
    np.testing.assert_allclose(entropy, expected, atol=1e-6)
    np.testing.assert_allclose(2 * entropy.min(), -GUESSING, rtol=1e-6)
    both_ends = broken_losses.zero_at_both_ends(t, t).generator
    np.testing.assert_allclose(both_ends, -p * np.log(p), atol=1e-6)
    ends = jnp.float32([-30.0, 30.0])
    far = broken_losses.zero_at_both_ends(ends, ends).generator
    np.testing.assert_allclose(far, 0, atol=1e-6)
    naive = broken_losses.naive_logarithms(t, t)
    sound = losses.nonsaturating(t, t)
    np.testing.assert_allclose(naive.discriminator, sound.discriminator, rtol=1e-4)
    worst = broken_losses.naive_logarithms(t[:1], jnp.float32([17.5]))
    assert np.isinf(worst.discriminator).all()


def test_only_fakes_hands_no_datum_on():
    case = clinic.inject(patients.ring(10), "no_data")
    state = case.gan.init(jax.random.key(0), **case.hyper)
    x = case.source.sample(jax.random.key(1), 16)
    step = jax.jit(case.gan.step)
    first, second = (step(state, batch)[0] for batch in (x, 100.0 * x))
    after = (jax.tree.leaves(state.d.variables) for state in (first, second))
    pairs = zip(*after, strict=True)
    assert all(np.array_equal(a, b) for a, b in pairs)
    assert isinstance(case.gan.update, broken_rules.OnlyFakes)


def test_a_member_that_failed_ends_where_it_failed():
    case = clinic.inject(patients.ring(400), "nan")
    both = clinic.play(case, SEEDS)
    for i in range(len(SEEDS)):
        member = both.member(i)
        assert member.history.stopped
        assert np.isfinite(member.history.d_loss).all()
        leaves = jax.tree.leaves(member.end.d.variables.params)
        assert all(np.isfinite(leaf).all() for leaf in leaves)
