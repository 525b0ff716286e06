"""The cache of compiled programs: on where it helps, off where it misbehaves."""

import os
import subprocess
import sys

import jax
import pytest

from gan_utils import program_cache

AFFECTED = "model name : X\nbugs\t\t: spectre_v1 gds"
SETTINGS = (
    "jax_compilation_cache_dir",
    "jax_persistent_cache_min_compile_time_secs",
)


@pytest.fixture(autouse=True)
def settings_restored(monkeypatch):
    before = {name: getattr(jax.config, name) for name in SETTINGS}
    jax.config.update("jax_compilation_cache_dir", None)
    monkeypatch.delenv(program_cache.SWITCH, raising=False)
    yield
    for name, value in before.items():
        jax.config.update(name, value)


def test_a_folder_is_made_and_used(tmp_path):
    folder = tmp_path / "a" / "b"
    assert program_cache.use_cache(folder) == folder and folder.is_dir()
    assert jax.config.jax_compilation_cache_dir == str(folder)


def test_a_setting_of_the_users_own_is_kept(tmp_path, monkeypatch):
    jax.config.update("jax_compilation_cache_dir", str(tmp_path))
    assert program_cache.use_cache(tmp_path / "other") == tmp_path
    jax.config.update("jax_compilation_cache_dir", None)
    monkeypatch.setenv(program_cache.SWITCH, "off")
    assert program_cache.use_cache() is None
    assert jax.config.jax_compilation_cache_dir is None


def test_a_folder_that_cannot_be_made_switches_nothing_on(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert program_cache.use_cache(file / "folder") is None


def test_it_is_off_where_programs_cannot_be_read_again(monkeypatch):
    assert not program_cache.is_reliable("0.10.2", AFFECTED)
    assert program_cache.is_reliable("0.7.2", AFFECTED)
    assert program_cache.is_reliable("0.12.0", AFFECTED)
    assert program_cache.is_reliable("0.10.2", "bugs : spectre_v1")
    monkeypatch.setattr(program_cache, "is_reliable", lambda: False)
    assert program_cache.use_cache() is None


def test_the_programs_unused_for_longest_go_first(tmp_path):
    for age, name in enumerate("abc"):
        (tmp_path / name).write_bytes(bytes(100))
        os.utime(tmp_path / name, (1000 - age, 1000))
    program_cache._prune(tmp_path, most=250)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


PROGRAM = """
import jax, jax.numpy as jnp
from gan_utils import program_cache
place = program_cache.use_cache()
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
print(float(jax.jit(lambda x: jnp.sin(x).sum())(jnp.arange(1000.0))).hex())
"""


def test_the_next_process_finds_the_programs_and_the_same_bits(tmp_path):
    environment = os.environ | {
        program_cache.SWITCH: str(tmp_path),
        "JAX_PLATFORMS": "",
    }
    environment.pop("JAX_COMPILATION_CACHE_DIR", None)

    def run():
        words = [sys.executable, "-c", PROGRAM]
        done = subprocess.run(words, env=environment, capture_output=True, check=True)
        return done.stdout, len(list(tmp_path.glob("*-cache")))

    first, second = run(), run()
    assert first == second and first[1] > 0


def test_a_new_cache_is_empty_and_shared_with_child_processes(monkeypatch):
    monkeypatch.setattr(program_cache, "is_reliable", lambda: True)
    program_cache.share_new_cache()
    folder = os.environ[program_cache.SWITCH]
    assert os.path.isdir(folder) and not os.listdir(folder)
    monkeypatch.setattr(program_cache, "is_reliable", lambda: False)
    program_cache.share_new_cache()
    assert os.environ[program_cache.SWITCH] == "off"
