"""JupyterLab opens on the working copy, wherever we are."""

import json
import os
import subprocess
import sys
import time
import types
import urllib.request
from pathlib import Path

import pytest

from gan_utils.cli import main
from gan_utils.cli import open as opening

HERE = {"url": "http://h:8888/", "port": 8888, "base_url": "/", "token": "t"}


@pytest.fixture
def plain_machine(monkeypatch):
    """A computer with a display, an ordinary user and no container."""
    for name in ("container", "KUBERNETES_SERVICE_HOST", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(opening, "CONTAINER_MARKS", ())
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    return monkeypatch


def flags(ip=None, port=None, browser=True):
    return set(opening.flags(ip, port, browser)) - {"--log-level=WARN"}


def test_a_plain_machine_needs_no_flags(plain_machine):
    assert flags() == set()
    assert flags("1.2.3.4", 9, False) == {"--ip=1.2.3.4", "--port=9", "--no-browser"}


def test_root_is_allowed(plain_machine):
    plain_machine.setattr(os, "geteuid", lambda: 0, raising=False)
    assert flags() == {"--allow-root"}


def test_without_a_display_no_browser_is_opened(plain_machine):
    plain_machine.delenv("DISPLAY")
    assert flags() == {"--no-browser"}


def test_over_ssh_no_browser_is_opened(plain_machine):
    plain_machine.setenv("SSH_CONNECTION", "here there")
    assert flags() == {"--no-browser"}


def test_a_container_listens_to_its_host(plain_machine):
    plain_machine.setenv("container", "podman")
    assert flags() == {"--no-browser", "--ip=0.0.0.0"}


def test_the_address_printed_can_be_opened_from_here():
    for host in ("localhost", "0.0.0.0"):
        got = opening.address(HERE | {"hostname": host}, "00_a.ipynb")
        assert got == "http://127.0.0.1:8888/lab/tree/00_a.ipynb?token=t"
    got = opening.address(HERE | {"hostname": "h"}, "00_a.ipynb")
    assert got == "http://h:8888/lab/tree/00_a.ipynb?token=t"


def test_without_jupyterlab_the_message_says_what_to_type(monkeypatch, capsys):
    monkeypatch.setattr(opening.importlib.util, "find_spec", lambda name: None)
    assert main(["open"]) == 2
    assert 'pip install -e ".[lab]"' in capsys.readouterr().err


def test_no_word_means_open(monkeypatch):
    seen = []
    monkeypatch.setattr(
        opening, "open_course", lambda *a, **k: seen.append((a, k)) or 0
    )
    assert main([]) == 0
    assert main(["--port", "9", "--no-browser"]) == 0
    assert seen[0] == ((None, None, None), {"browser": True})
    assert seen[1] == ((None, None, 9), {"browser": False})


def test_jupyterlab_answers(tmp_path):
    """Start the real thing, as whoever runs the tests, and ask it for the notebook."""
    pytest.importorskip("jupyterlab")
    command = [sys.executable, "-u", "-m", "gan_utils", "open", "--no-browser"]
    log = tmp_path / "log"
    with log.open("w") as out:
        course = subprocess.Popen(
            [*command, "--folder", str(tmp_path / "mine"), "--ip", "127.0.0.1"],
            cwd=Path(__file__).parents[1],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        root, token = wait_for_address(log, course)
        page = f"{root}/api/contents/00_start_here.ipynb?token={token}"
        with urllib.request.urlopen(page) as answer:
            assert json.load(answer)["type"] == "notebook"
    finally:
        course.terminate()
        assert course.wait(timeout=60) == 0


def wait_for_address(log, course, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and course.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("Open this in a browser: "):
                root, _, token = line.split()[-1].partition("/lab/tree/")
                return root, token.partition("token=")[2]
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_a_server_that_says_nothing_is_said(tmp_path, monkeypatch, capsys):
    """JupyterLab stands still: after a while the course says so, and waits on."""
    silent = [sys.executable, "-c", "import time; time.sleep(1.5)"]
    start = subprocess.Popen
    nobody = types.ModuleType("jupyter_server.serverapp")
    nobody.list_running_servers = list
    monkeypatch.setitem(
        sys.modules, "jupyter_server", types.ModuleType("jupyter_server")
    )
    monkeypatch.setitem(sys.modules, "jupyter_server.serverapp", nobody)
    monkeypatch.setattr(opening, "PATIENCE", 0.3)
    monkeypatch.setattr(opening.subprocess, "Popen", lambda command: start(silent))
    assert opening._serve(tmp_path, "00.ipynb", []) == 0
    said = capsys.readouterr().out
    assert "has not answered for 0.3 seconds" in said and "--port" in said
