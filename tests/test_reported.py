"""Reports by users, each in its smallest form, where no other test file has it.

Where the others stand: what `doctor` says of a backend and of files that hide modules
in test_cli_doctor.py; dead kernel specs in test_cli_run.py; backends that are not there
and folders that cannot be made in test_cli_failures.py; MNIST unpacked or packed again
in test_downloads.py; images in [0, 1] in test_cautions.py.
"""

import shutil

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import metrics
from gan_utils.cli import main
from gan_utils.runs import training
from gan_utils.training import recipes, train

KEY = jax.random.key(0)


@pytest.fixture(scope="module")
def conditional():
    recipe = recipes.mlp28(steps=2, classes=10)
    return recipe.gan, recipe.init(KEY)


@pytest.mark.slow
def test_a_run_in_a_folder_with_brackets_is_sampled_moved_and_resumed(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(training, "SAMPLES", 40)
    odd, plain = tmp_path / "Course [2026]" / "run", tmp_path / "plain"
    words = ["train", "mlp28", "--data", "sample", "--steps", "4", "--out"]
    assert main([*words, str(odd)]) == 0
    assert main(["sample", str(odd), "--n", "4"]) == 0
    shutil.move(odd, plain)
    assert main(["sample", str(plain), "--n", "4"]) == 0
    assert capsys.readouterr().out.count("4 samples after 4 updates") == 2
    assert main([*words, str(plain), "--resume"]) == 0
    assert np.load(plain / "samples.npy").shape == (40, 28, 28, 1)


@pytest.mark.parametrize("y", [10, -1, 99])
def test_a_class_that_was_not_trained_is_refused(conditional, y):
    gan, state = conditional
    x, many = jnp.zeros((4, 28, 28, 1)), jnp.full(4, y)
    shipped = recipes.pretrained("dcgan28-conditional")
    for call in (
        lambda: gan.sample(state, KEY, 4, y=many),
        lambda: gan.sample(state, KEY, 4, y=y),
        lambda: gan.logits(state, x, many),
        lambda: shipped.sample(KEY, 4, y=many),
    ):
        with pytest.raises(ValueError, match=r"y has labels.*from 0 to 9.*not trained"):
            call()


@pytest.mark.parametrize("y", [np.eye(10)[:4], np.array([1, 2])])
def test_labels_of_another_form_are_refused(conditional, y):
    gan, state = conditional
    with pytest.raises(ValueError, match=r"y has labels.*shape \(4,\), or one number"):
        gan.sample(state, KEY, 4, y=y)


@pytest.mark.parametrize(
    "y", [np.array(["3"] * 64), np.array(["cat", "dog"] * 32, object)], ids=["3", "cat"]
)
def test_text_in_place_of_labels_is_named(conditional, y):
    x = np.full((64, 28, 28, 1), -1, "float32")
    with pytest.raises(ValueError, match=r"labels of source.*text in place of numbers"):
        train(*conditional, (x, y), 2, 16, progress=False)


def test_a_number_in_place_of_a_key_is_named(conditional):
    gan, state = conditional
    for call in (lambda: gan.init(0), lambda: gan.sample(state, 0, 4)):
        with pytest.raises(ValueError, match=r"key is int 0.*a seed in place of a key"):
            call()


def test_lists_do_for_arrays():
    rows = [[0.0, 1.0], [1.0, 0.0]]
    assert metrics.frechet_distance(rows, rows) == pytest.approx(0, abs=1e-6)
    assert metrics.frechet_distance(rows, np.array(rows) + 3) == pytest.approx(18)
