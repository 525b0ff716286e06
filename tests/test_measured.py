"""Choices by measurement: the fastest form, kept, adopted, and switched off."""

import json
import os
import subprocess
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import program_cache
from gan_utils.engine import compilation, libraries, measured
from gan_utils.networks import models
from gan_utils.training import GAN, restore, train

SECONDS = {"slow": 4e-3, "fast": 1e-3, "nearly": 1.02e-3}


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    """Measure, with a folder of the test's own and no answer so far."""
    monkeypatch.setenv("GAN_UTILS_CHOICE", "measured")
    monkeypatch.setenv(program_cache.SWITCH, str(tmp_path))
    measured.forget()
    yield
    measured.forget()


def forms(*names, made=None):
    """Make forms that sleep for a known time; `made` collects which were prepared."""

    def form(name):
        def prepare():
            if made is not None:
                made.append(name)

            def call():
                time.sleep(SECONDS[name])
                return jnp.zeros(())

            call.name = name
            return call

        return prepare

    return {name: form(name) for name in names}


def small_gan():
    return GAN(models.mlp_generator(2, (32,), 2), models.mlp_discriminator(2, (32,)), 2)


def test_the_fastest_form_is_chosen_and_kept():
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"
    measured.forget()
    made = []
    assert measured.fastest("which?", forms("slow", "fast", made=made)) == "fast"
    assert made == []  # the answer came from the file
    (answer,) = measured.known().values()
    assert answer.seconds["slow"] > 2 * answer.seconds["fast"]


def test_the_first_form_stays_where_little_is_gained(monkeypatch):
    monkeypatch.setattr(measured, "_seconds", lambda call, times: SECONDS[call.name])
    assert measured.fastest("which?", forms("nearly", "fast")) == "nearly"


def test_nothing_is_measured_where_choices_are_fixed(monkeypatch):
    monkeypatch.setenv("GAN_UTILS_CHOICE", "fixed")
    made = []
    assert measured.fastest("which?", forms("slow", "fast", made=made)) == "slow"
    assert made == [] and measured.known() == {}
    monkeypatch.setenv("GAN_UTILS_CHOICE", "guessed")
    with pytest.raises(ValueError, match=r"GAN_UTILS_CHOICE is 'guessed'.*measured"):
        measured.fastest("another?", forms("slow", "fast"))


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"x": 3}', "null", "\x00\xff"], ids=repr
)
def test_a_file_that_cannot_be_read_is_written_anew(content):
    measured.file().write_text(content, encoding="utf-8")
    assert measured.known() == {}
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"
    assert measured.known()["which?"].form == "fast"


@pytest.mark.parametrize("entry", [3, None, {}, {"form": "fast", "seconds": 1}])
def test_an_entry_that_makes_no_sense_is_measured_anew(entry):
    everything = {measured.machine(): {"which?": entry}, "another machine": {"a": 1}}
    measured.file().write_text(json.dumps(everything), encoding="utf-8")
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"
    assert "another machine" in json.loads(measured.file().read_text(encoding="utf-8"))


def test_without_a_folder_it_measures_and_keeps_nothing(monkeypatch):
    monkeypatch.setenv(program_cache.SWITCH, "off")
    assert measured.file() is None
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(monkeypatch, tmp_path):
    (tmp_path / "no folder").write_text("a file", encoding="utf-8")
    monkeypatch.setenv(program_cache.SWITCH, str(tmp_path / "no folder"))
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"


def test_what_another_process_answered_is_adopted():
    measured.fastest("which?", forms("slow", "fast"))
    kept = measured.record()
    assert kept["forms"] == {"which?": "fast"}
    measured.forget()
    assert measured.adopt(kept | {"forms": {"which?": "slow"}}) is None
    assert measured.fastest("which?", forms("slow", "fast")) == "slow"
    said = measured.adopt({"machine": "a PDP-11", "forms": {"which?": "gone"}})
    assert "a PDP-11" in said and measured.machine() in said
    assert measured.fastest("which?", forms("slow", "fast")) == "fast"


def test_a_checkpoint_records_choices_and_resuming_keeps_them(tmp_path, monkeypatch):
    if not compilation.library_is_a_choice():
        pytest.skip("this XLA has one library")
    gan, x = small_gan(), np.ones((32, 2), "float32")
    state = gan.init(jax.random.key(0))
    question = "products of 16 x 32 by 32 x 32"
    start = {"machine": measured.machine(), "forms": {question: "Eigen"}}
    assert measured.adopt(start) is None
    options = dict(progress=False, checkpoint_dir=tmp_path / "run")
    train(gan, state, x, 2, 16, **options)
    for answer in ("YNNPACK", None):
        measured.forget()
        if answer:
            measured.adopt(start | {"forms": {question: answer}})
        restore(tmp_path / "run", gan, state)
        assert measured.record()["forms"] == {question: "Eigen"}
    monkeypatch.setattr(measured, "machine", lambda: "another processor")
    with pytest.warns(RuntimeWarning, match="another processor.*to rounding only"):
        train(gan, state, x, 4, 16, resume=True, **options)


@pytest.mark.parametrize("members", [0, 3])
def test_products_are_asked_for_by_rows_units_and_members(members):
    if not compilation.library_is_a_choice():
        pytest.skip("this XLA has one library")
    gan, key = small_gan(), jax.random.key(0)
    keys = jax.random.split(key, members)
    state = gan.init_ensemble(keys) if members else gan.init(key)
    found = libraries.for_products(100, state)
    together = ", 4 at once" if members else ""
    question = f"products of 128 x 32 by 32 x 32{together}"
    form = measured.record()["forms"][question]
    eigen = {"Eigen": compilation.PRODUCTS}.get(form)
    assert found == compilation.options(eigen)


def test_nothing_is_asked_for_a_few_units():
    nets = models.mlp_generator(2, (8,), 2), models.mlp_discriminator(2, (8,))
    state = GAN(*nets, 2).init(jax.random.key(0))
    assert libraries.for_products(100, state) == compilation.options()
    assert measured.record()["forms"] == {}


def test_convolutions_are_asked_for_by_the_largest_kernel():
    if not compilation.library_is_a_choice():
        pytest.skip("this XLA has one library")
    gan = GAN(
        models.conv_generator(3, (16, 8), (12, 12, 1)),
        models.conv_discriminator((12, 12, 1), (8, 16)),
        3,
    )
    libraries.for_convolutions(20, 12, gan.init(jax.random.key(0)))
    (question,) = measured.record()["forms"]
    assert question == "convolutions of 32 x 8 x 8 x 8 by 4 x 4 to 16"


def test_libraries_agree_to_rounding():
    gan, x = small_gan(), np.random.default_rng(0).normal(size=(64, 2))
    state = gan.init(jax.random.key(0))
    question, ends = "products of 16 x 32 by 32 x 32", []
    for form in ("YNNPACK", "Eigen"):
        measured.adopt({"machine": measured.machine(), "forms": {question: form}})
        ends.append(train(gan, state, x.astype("float32"), 20, 16, progress=False)[0])
    leaves = [jax.tree.leaves(end.g.variables.params) for end in ends]
    for one, other in zip(*leaves, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-6)


KEPT = """
import platform
from gan_utils.engine import memory
assert memory.keep() == {}
import ctypes, numpy
for _ in range(20):
    numpy.ones(2**23, "float32")  # 32 MB
faults = __import__("resource").getrusage(0).ru_minflt
for _ in range(20):
    numpy.ones(2**23, "float32")
print(__import__("resource").getrusage(0).ru_minflt - faults)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts Linux's pages")
def test_memory_is_kept_only_where_that_is_wanted():
    import platform

    if platform.libc_ver()[0] != "glibc":
        pytest.skip("another C library")
    faults = []
    for wish, kept in (("", True), ("off", False)):
        done = subprocess.run(
            [sys.executable, "-c", KEPT.format(kept)],
            env=os.environ | {"GAN_UTILS_KEEP_MEMORY": wish},
            capture_output=True,
            text=True,
            check=True,
        )
        faults.append(int(done.stdout))
    assert faults[0] < 1000 < faults[1]
