"""The doctor: what it sees, what it calls wrong, and that it says how to mend it."""

import os
import subprocess
import sys

import pytest

from gan_utils.cli import doctor, main, missing, probe, surroundings, versions
from gan_utils.engine import memory

GOOD = {"backend": "cpu", "modules": 3, "devices": [{"name": "cpu", "bytes": 0}]}
GOOD |= {"way": "measured", "choices": {}, "kept": 2**29}


@pytest.fixture
def healthy(monkeypatch):
    monkeypatch.setattr(probe, "backend", lambda: GOOD)
    return monkeypatch


def test_a_healthy_computer_passes(healthy, capsys):
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    for word in ("python", "jax ", "backend", "device", "memory", "free disk"):
        assert word in shown
    assert "The course can run here." in shown


def test_a_reader_who_has_read_enough_is_no_crash(healthy):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as output:
        healthy.setattr(sys, "stdout", output)
        assert main(["doctor"]) == 1


def test_a_broken_jax_is_reported_with_a_remedy(healthy, capsys):
    healthy.setattr(probe, "backend", lambda: {"error": "no libtpu"})
    healthy.setattr(surroundings, "settings", list)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "no libtpu" in shown
    assert "--force-reinstall" in shown


def test_a_variable_that_stops_jax_is_named_with_its_exception(monkeypatch, capsys):
    monkeypatch.setenv("JAX_PLATFORMS", "nonsense")
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "RuntimeError: Unable to initialize backend 'nonsense'" in shown
    assert "variable           JAX_PLATFORMS=nonsense" in shown
    assert "unset JAX_PLATFORMS" in shown and "--force-reinstall" not in shown


@pytest.mark.parametrize("name", ["jax", "random"])
def test_a_file_that_hides_a_module_is_named(monkeypatch, tmp_path, capsys, name):
    (tmp_path / f"{name}.py").write_text("x = 1\n")
    (tmp_path / "mine.py").touch()
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert f"Rename {tmp_path / name}.py" in shown and "mine.py" not in shown
    assert "Error: " in shown and "--force-reinstall" not in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"argv": ["/gone/bin/python"], "display_name": "a"}', "/gone/bin/python"),
        ("{", "cannot be read"),
    ],
)
def test_a_dead_kernel_spec_is_shown_with_what_removes_it(
    healthy, tmp_path, capsys, text, said
):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(text)
    healthy.setenv("JUPYTER_PATH", str(tmp_path))
    healthy.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert said in shown
    assert f"{sys.executable} -m jupyter_client.kernelspecapp remove -f" in shown


def test_a_missing_and_an_old_package_are_reported(healthy, capsys):
    have = {**missing.installed(), "jax": "0.4.30", "jaxlib": "0.4.30"}
    del have["optax"]
    healthy.setattr(missing, "installed", lambda: have)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "pip install -U jax" in shown
    assert 'optax: Install it: pip install -e ".[lab]"' in shown


def test_versions_are_compared_as_numbers():
    assert versions.numbers("0.10.2") > versions.numbers("0.7.2")
    assert versions.numbers("1.2.3rc1") == (1, 2, 3)
    assert versions.numbers("2.5.0+cu13") == (2, 5, 0)


@pytest.mark.parametrize(
    ("have", "words"),
    [
        ({"jax": "0.9.0", "jaxlib": "0.8.0"}, "pip install jaxlib==0.9.0"),
        (
            {"jax-cuda12-plugin": "1", "jax-cuda13-plugin": "1"},
            "pip uninstall jax-cuda12-plugin jax-cuda12-pjrt",
        ),
        ({"jaxlib": "0.9.0", "jax-cuda13-plugin": "0.8.0"}, r'"jax[cuda13]"'),
    ],
)
def test_known_bad_combinations(have, words):
    (finding,) = versions.combinations(have)
    assert words in finding.wrong


def test_a_sound_combination_is_silent():
    have = {"jax": "0.12.0.1", "jaxlib": "0.12.0", "jax-cuda13-plugin": "0.12.0"}
    assert versions.combinations(have) == []


def test_an_idle_graphics_card_is_a_hint_not_a_fault(healthy, capsys):
    healthy.setattr(doctor.shutil, "which", lambda name: "nvidia-smi")
    assert main(["doctor"]) == 0
    assert 'pip install -e ".[cuda13]"' in capsys.readouterr().out


def test_the_requirements_are_those_of_pyproject():
    assert "jax>=0.7.2" in versions.requirements()
    assert not any("extra" in r for r in versions.requirements())


def test_the_probe_imports_everything_and_computes():
    report = probe.backend()
    assert report["modules"] > 30
    assert report["devices"]
    assert report["way"] == "fixed" and isinstance(report["choices"], dict)
    assert report["kept"] in (0, memory.MOST)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({}, "choices            none yet"),
        ({"way": "fixed"}, "choices            fixed, by GAN_UTILS_CHOICE"),
        (
            {"choices": {"products": ["Eigen", {"YNNPACK": 2.0, "Eigen": 1.5}]}},
            "choice             Eigen for products: 0.75 of the time of YNNPACK",
        ),
        ({"kept": 0}, "kept memory        none"),
    ],
)
def test_choices_and_kept_memory_are_shown(healthy, capsys, changed, said):
    healthy.setattr(probe, "backend", lambda: GOOD | changed)
    assert doctor.print_report() == 0
    assert said in capsys.readouterr().out


def test_a_probe_that_hangs_or_crashes_is_reported(monkeypatch):
    def hang(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(probe, "SCRIPT", "raise SystemExit('broken driver')")
    assert probe.backend() == {"error": "broken driver"}
    monkeypatch.setattr(probe.subprocess, "run", hang)
    assert "did not answer" in probe.backend()["error"]
