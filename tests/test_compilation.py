"""How programs are compiled: quickly, and by the library that is fast at the work."""

import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from gan_utils.engine import compilation


def convolve(a, b):
    layout = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(a, b, (2, 2), "SAME", dimension_numbers=layout)


IMAGES, KERNEL = jnp.ones((8, 14, 14, 32)), jnp.ones((4, 4, 32, 32))
ROWS, WEIGHTS = jnp.ones((512, 128)), jnp.ones((128, 128))


@pytest.mark.parametrize(
    "kind, program, arguments, most",
    [
        (compilation.CONVOLUTIONS, convolve, (IMAGES, KERNEL), 16 * 32),
        (compilation.PRODUCTS, jnp.matmul, (ROWS, WEIGHTS), 128),
    ],
    ids=["convolution", "product"],
)
def test_work_can_be_left_to_eigen(kind, program, arguments, most):
    program = jax.jit(program, compiler_options=compilation.options(kind) or None)
    compiled = program.lower(*arguments).compile().as_text()
    assert "convolution" in compiled or "dot" in compiled
    assert "ynn" not in compiled
    np.testing.assert_allclose(program(*arguments).max(), most)


def test_libraries_are_left_alone_where_the_user_has_chosen(monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)
    free = compilation.library_is_a_choice()
    named = compilation.LIBRARY in compilation.options(compilation.PRODUCTS)
    assert named == free
    assert compilation.LIBRARY not in compilation.options()
    monkeypatch.setenv(compilation.FLAGS, f"--{compilation.LIBRARY}=")
    assert compilation.LIBRARY not in compilation.options(compilation.PRODUCTS)
    assert not compilation.library_is_a_choice()


def test_an_option_that_xla_does_not_know_is_left_out():
    assert not compilation._is_known("xla_cpu_no_such_option", "1")


def test_emitters_are_spared_only_where_the_flag_is_known(monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)
    versions = ("0.7.2", "0.8.0", "0.11.2", "0.12.0.1", "1.0.0")
    known = [compilation.emitters_are_a_choice(version) for version in versions]
    assert known == [False, True, True, False, False]
    here = compilation.emitters_are_a_choice()
    wanted = {compilation.EMITTERS: True} if here else {}
    assert compilation.options() == wanted


def test_flags_of_the_users_own_that_speak_of_emitters_are_kept(monkeypatch):
    monkeypatch.setenv(compilation.FLAGS, f"--{compilation.EMITTERS}=true")
    assert not compilation.emitters_are_a_choice("0.10.2")
    assert compilation.EMITTERS not in "".join(compilation.compile_quickly())
    assert compilation.options() == {}


def test_a_level_is_asked_for_on_cpus_only_and_where_the_user_named_none(monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)
    monkeypatch.setattr(compilation, "find_spec", lambda _: None)
    assert compilation.level_is_a_choice()
    assert f"--{compilation.LEVEL}=2" in compilation.compile_quickly()
    assert compilation.FLAGS not in os.environ
    monkeypatch.setenv(compilation.FLAGS, f"--{compilation.LEVEL}=3")
    assert not compilation.level_is_a_choice()
    monkeypatch.delenv(compilation.FLAGS)
    monkeypatch.setattr(compilation, "find_spec", lambda name: name == "jax_plugins")
    assert not compilation.level_is_a_choice()


SETTLED = """
import os, sys
{}
from jaxlib import xla_client
sys.stdout.buffer.write(xla_client.CompileOptions().SerializeAsString())
assert os.environ.get("XLA_FLAGS", "") == {!r}
"""


@pytest.mark.skipif(
    not (compilation.emitters_are_a_choice() or compilation.level_is_a_choice()),
    reason="nothing is left to choose",
)
@pytest.mark.parametrize("flags", ["", "--xla_cpu_enable_fast_math=false"])
def test_what_xla_is_told_is_what_its_own_flags_say(flags, monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)

    def options(first_line, before, after):
        words = [sys.executable, "-c", SETTLED.format(first_line, after)]
        environment = os.environ | ({compilation.FLAGS: before} if before else {})
        done = subprocess.run(words, env=environment, capture_output=True, check=True)
        return done.stdout

    by_hand = " ".join([flags, *compilation.compile_quickly()]).strip()
    asked = options("import jax", by_hand, by_hand)
    plain = options("import jax", flags, flags)
    ours = options("import gan_utils.training", flags, flags)
    assert ours == asked != plain
