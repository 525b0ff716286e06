"""Open JupyterLab on the learner's copy of the notebooks, wherever this runs."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from gan_utils.cli import working_copy
from gan_utils.cli.places import CourseError, install, notebooks_folder, select

PATIENCE = 60  # seconds for JupyterLab to say where it listens
CONTAINER_MARKS = ("/.dockerenv", "/run/.containerenv")


def in_container() -> bool:
    """Say whether this process runs in a container."""
    variables = ("container", "KUBERNETES_SERVICE_HOST")
    marked = any(Path(mark).exists() for mark in CONTAINER_MARKS)
    return marked or any(name in os.environ for name in variables)


def has_browser() -> bool:
    """Say whether a browser opened here would be seen by the person who typed."""
    if in_container() or "SSH_CONNECTION" in os.environ:
        return False
    if sys.platform.startswith("linux"):
        return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return True


def flags(ip: str | None, port: int | None, browser: bool) -> list[str]:
    """Return JupyterLab's flags for this machine.

    Args:
        ip: the address to listen on; None: every one in a container, else this machine.
        port: the port to listen on; None: the first free one from 8888.
        browser: whether a browser may be opened, where there is one.
    """
    chosen = ["--log-level=WARN"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        chosen.append("--allow-root")
    if not browser or not has_browser():
        chosen.append("--no-browser")
    if ip is None and in_container():
        ip = "0.0.0.0"
    chosen += [f"--ip={ip}"] if ip else []
    return chosen + ([f"--port={port}"] if port else [])


def require_address(ip: str | None) -> None:
    """Refuse an address that this computer cannot listen on.

    Raises:
        CourseError: it cannot be found, or belongs to another computer.
    """
    if ip in (None, "", "*"):
        return
    try:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        socket.create_server((ip, 0), family=family).close()
    except (OSError, UnicodeError) as error:
        raise CourseError(
            f"--ip is {ip!r}, where this computer cannot listen ({error}). Leave it "
            "out, or give 127.0.0.1, or 0.0.0.0 for every address of this computer."
        ) from error


def open_course(
    folder: Path | None = None,
    ip: str | None = None,
    port: int | None = None,
    browser: bool = True,
) -> int:
    """Refresh the working copy, start JupyterLab on notebook 00 and wait for its end.

    Args:
        folder: the working copy; by default `my_notebooks`.
        ip, port, browser: see `flags`.

    Returns:
        JupyterLab's exit code.

    Raises:
        CourseError: JupyterLab is not installed, there are no notebooks, or the
            address is not one of this computer.
    """
    require_address(ip)
    if importlib.util.find_spec("jupyterlab") is None:
        raise CourseError(
            "JupyterLab is not installed in this Python. In the course's folder, run\n"
            f"    {install()}"
        )
    copy = Path(os.path.realpath(folder or working_copy.default_folder()))
    for note in working_copy.refresh(notebooks_folder(), copy):
        print(note)
    first = select(["00"], copy)[0]
    print(f"Your copy of the notebooks: {copy}")
    return _serve(copy, first.name, flags(ip, port, browser))


def _serve(root: Path, first: str, options: list[str]) -> int:
    command = [sys.executable, "-m", "jupyterlab", *options]
    command += [f"--ServerApp.root_dir={root}"]
    command += [f"--LabApp.default_url=/lab/tree/{first}"]
    print("JupyterLab is starting ...", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as by Control-C
    server = subprocess.Popen(command)
    try:
        if where := _address(server, first):
            print(f"Open this in a browser: {where}")
        elif server.poll() is None:
            print(
                f"JupyterLab has not answered for {PATIENCE} seconds. It may still "
                "come: its own lines here say where. If none do, another program may "
                "hold its ports: stop with Control-C, and try `gan-course --port 8999`."
            )
        print("Stop the course with Control-C here.", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def _address(server: subprocess.Popen, first: str) -> str:
    """Return the address with its token once the server is up; "" when it ended."""
    from jupyter_server.serverapp import list_running_servers

    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        for info in list_running_servers():
            if info["pid"] == server.pid:
                return address(info, first)
        time.sleep(0.2)
    return ""


def address(info: dict, first: str) -> str:
    """Return the address of a notebook on a running server.

    Args:
        info: what the server says about itself: url, hostname, port, base_url, token.
        first: the notebook's file name.
    """
    root = info["url"]
    if info["hostname"] in ("", "0.0.0.0", "::", "localhost"):  # as seen from here
        root = f"http://127.0.0.1:{info['port']}{info['base_url']}"
    return f"{root}lab/tree/{first}?token={info['token']}"
