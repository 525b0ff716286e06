"""The cache of compiled programs: on where it helps, off where it misbehaves."""

import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from gan_utils import compilation

AFFECTED = "model name : X\nbugs\t\t: spectre_v1 gds"
SETTINGS = (
    "jax_compilation_cache_dir",
    "jax_persistent_cache_min_compile_time_secs",
)


@pytest.fixture(autouse=True)
def settings_restored(monkeypatch):
    before = {name: getattr(jax.config, name) for name in SETTINGS}
    jax.config.update("jax_compilation_cache_dir", None)
    monkeypatch.delenv(compilation.SWITCH, raising=False)
    yield
    for name, value in before.items():
        jax.config.update(name, value)


def test_a_folder_is_made_and_used(tmp_path):
    folder = tmp_path / "a" / "b"
    assert compilation.use_cache(folder) == folder and folder.is_dir()
    assert jax.config.jax_compilation_cache_dir == str(folder)


def test_a_setting_of_the_users_own_is_kept(tmp_path, monkeypatch):
    jax.config.update("jax_compilation_cache_dir", str(tmp_path))
    assert compilation.use_cache(tmp_path / "other") == tmp_path
    jax.config.update("jax_compilation_cache_dir", None)
    monkeypatch.setenv(compilation.SWITCH, "off")
    assert compilation.use_cache() is None
    assert jax.config.jax_compilation_cache_dir is None


def test_a_folder_that_cannot_be_made_switches_nothing_on(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert compilation.use_cache(file / "folder") is None


def test_it_is_off_where_programs_cannot_be_read_again(monkeypatch):
    assert not compilation.is_reliable("0.10.2", AFFECTED)
    assert compilation.is_reliable("0.7.2", AFFECTED)
    assert compilation.is_reliable("0.12.0", AFFECTED)
    assert compilation.is_reliable("0.10.2", "bugs : spectre_v1")
    monkeypatch.setattr(compilation, "is_reliable", lambda: False)
    assert compilation.use_cache() is None


AVX2, AVX512, ARM = "flags : sse2 avx2", "flags : avx2 avx512f", "Features : neon"


def convolve(a, b):
    layout = ("NHWC", "HWIO", "NHWC")
    return lax.conv_general_dilated(a, b, (2, 2), "SAME", dimension_numbers=layout)


IMAGES, KERNEL = jnp.ones((8, 14, 14, 32)), jnp.ones((4, 4, 32, 32))
ROWS, WEIGHTS = jnp.ones((512, 128)), jnp.ones((128, 128))


@pytest.mark.parametrize(
    "options, program, arguments, most",
    [
        (compilation.convolution_options(AVX2), convolve, (IMAGES, KERNEL), 16 * 32),
        (compilation.loop_options(128, AVX2), jnp.matmul, (ROWS, WEIGHTS), 128),
    ],
    ids=["convolution", "product"],
)
def test_work_leaves_a_library_that_is_slow_at_it(options, program, arguments, most):
    program = jax.jit(program, compiler_options=options or None)
    compiled = program.lower(*arguments).compile().as_text()
    assert "convolution" in compiled or "dot" in compiled
    assert "ynn" not in compiled
    np.testing.assert_allclose(program(*arguments).max(), most)


def test_work_keeps_its_library_where_it_is_fast(monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)

    def library(width, cpu):
        return compilation.loop_options(width, cpu).get(compilation.LIBRARY)

    for cpu in (AVX512, ARM, ""):
        assert compilation.LIBRARY not in compilation.convolution_options(cpu)
        assert library(128, cpu) is None
    here = compilation._is_known(compilation.LIBRARY, compilation.CONVOLUTIONS)
    assert library(128, AVX2) == (compilation.CONVOLUTIONS if here else None)
    assert library(compilation.WIDE, AVX2) is None
    monkeypatch.setenv(compilation.FLAGS, f"--{compilation.LIBRARY}=")
    assert library(128, AVX2) is None  # the user has chosen


def test_an_option_that_xla_does_not_know_is_left_out():
    assert not compilation._is_known("xla_cpu_no_such_option", "1")


def test_the_programs_unused_for_longest_go_first(tmp_path):
    for age, name in enumerate("abc"):
        (tmp_path / name).write_bytes(bytes(100))
        os.utime(tmp_path / name, (1000 - age, 1000))
    compilation._prune(tmp_path, most=250)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


PROGRAM = """
import jax, jax.numpy as jnp
from gan_utils import compilation
place = compilation.use_cache()
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
print(float(jax.jit(lambda x: jnp.sin(x).sum())(jnp.arange(1000.0))).hex())
"""


def test_the_next_process_finds_the_programs_and_the_same_bits(tmp_path):
    environment = os.environ | {compilation.SWITCH: str(tmp_path), "JAX_PLATFORMS": ""}
    environment.pop("JAX_COMPILATION_CACHE_DIR", None)

    def run():
        words = [sys.executable, "-c", PROGRAM]
        done = subprocess.run(words, env=environment, capture_output=True, check=True)
        return done.stdout, len(list(tmp_path.glob("*-cache")))

    first, second = run(), run()
    assert first == second and first[1] > 0


def test_a_new_cache_is_empty_and_shared_with_child_processes(monkeypatch):
    monkeypatch.setattr(compilation, "is_reliable", lambda: True)
    compilation.share_new_cache()
    folder = os.environ[compilation.SWITCH]
    assert os.path.isdir(folder) and not os.listdir(folder)
    monkeypatch.setattr(compilation, "is_reliable", lambda: False)
    compilation.share_new_cache()
    assert os.environ[compilation.SWITCH] == "off"


def test_emitters_are_spared_only_where_the_flag_is_known(monkeypatch):
    monkeypatch.delenv(compilation.FLAGS, raising=False)
    versions = ("0.7.2", "0.8.0", "0.11.2", "0.12.0.1", "1.0.0")
    known = [compilation.emitters_are_a_choice(version) for version in versions]
    assert known == [False, True, True, False, False]
    here = compilation.emitters_are_a_choice()
    wanted = {compilation.EMITTERS: True} if here else {}
    assert compilation.loop_options(128, ARM) == wanted
    assert compilation.convolution_options(ARM) == wanted


def test_flags_of_the_users_own_that_speak_of_emitters_are_kept(monkeypatch):
    monkeypatch.setenv(compilation.FLAGS, f"--{compilation.EMITTERS}=true")
    assert not compilation.emitters_are_a_choice("0.10.2")
    assert compilation.EMITTERS not in "".join(compilation.compile_quickly())
    assert compilation.loop_options(128, ARM) == {}


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
