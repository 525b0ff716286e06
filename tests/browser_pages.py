"""What the browser tests share: a Chromium, servers, pages, hands and eyes.

A bare page holds a face whose model asks an engine in this process. A test file that
imports this one is skipped where playwright or a Chromium is missing.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from gan_utils.widgets import scripts

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("needs chromium on the path", allow_module_level=True)

ROOT = Path(__file__).parent.parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
]
READY = "window.jupyterapp.shell.currentWidget?.sessionContext?.isReady"
SIZES = {"narrow": 320, "page": 1000, "projector": 1900}  # name -> pixels of width
SMALL = """[...document.querySelectorAll('.gan-lab button, .gan-lab select,'
    + '.gan-lab summary, .gan-lab label.gl-tick, .gan-lab input[type=range]')]
    .filter(n => n.offsetParent && n.getBoundingClientRect().height < 43.5)
    .map(n => n.outerHTML.slice(0, 80))"""
BRIDGE = """async ([esm, css, catalogue]) => {
    document.head.append(document.createElement('style'));
    document.head.lastChild.textContent = css;
    const values = { catalogue, kind: 'live', recording: null };
    let listen = null;
    const text = (buffer) =>
        btoa(Array.from(new Uint8Array(buffer), (c) => String.fromCodePoint(c))
            .join(''));
    const view = (packed) =>
        new DataView(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)).buffer);
    const model = {
        get: (name) => values[name],
        on: (_, hear) => { listen = hear; },
        off() {},
        async send(question, _, buffers = []) {
            const answers = await answer(question, buffers.map(text));
            for (const [message, packed] of answers) listen(message, packed.map(view));
        },
    };
    const el = document.body.appendChild(document.createElement('div'));
    const file = new Blob([esm], { type: 'text/javascript' });
    const { default: face } = await import(URL.createObjectURL(file)); // as strict
    face.render({ model, el });
}"""
WAYS = pytest.mark.parametrize("way", ["mouse", "key", "touch"])


@contextmanager
def chromium():
    """Start a browser; close it at the end."""
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def write_notebook(path: Path, sources) -> None:
    """Write a notebook with these cells of code."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    book = nbformat.v4.new_notebook(cells=cells)
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, path)


@contextmanager
def served(home: Path, *sources: str):
    """Serve a notebook of these cells with JupyterLab; yield the page's address."""
    write_notebook(home / "scratch.ipynb", sources)
    _quiet(home / "config")
    words = ["jupyterlab", "--no-browser", "--allow-root"]
    words += ["--ServerApp.port_retries=0", "--IdentityProvider.token="]
    words += [f"--ServerApp.root_dir={home}", "--LabApp.expose_app_in_browser=True"]
    with server(home, words, "api") as address:
        yield f"{address}/lab/tree/scratch.ipynb"


@contextmanager
def server(home: Path, words: list, sign: str):
    """Run a Python module as a server on a free port; yield its address.

    Args:
        home: folder that keeps what Jupyter writes.
        words: the module and its arguments.
        sign: path that answers once the server is there.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", *words, f"--port={port}"],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/{sign}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _quiet(config: Path) -> None:
    """Switch the news pop-up off: it asks a question over the notebook."""
    (config / "labconfig").mkdir(parents=True)
    off = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (config / "labconfig" / "page_config.json").write_text(json.dumps(off))


def environment(home: Path) -> dict:
    """Return variables that keep Jupyter in a folder and find the course."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no answer from {address}")


def bare_page(browser, face: str, answers, catalogue: dict):
    """Open a page with a face and nothing else; `answers` replies from this process.

    Its attribute `said` collects the errors that the page reports.
    """
    page = browser.new_page(viewport={"width": 1000, "height": 1300}, has_touch=True)
    page.set_default_timeout(60_000)
    page.said = watch(page)

    def answer(question, uploads):
        uploads = [base64.b64decode(upload) for upload in uploads]
        if hasattr(answers, "stream"):  # of the lab
            given = answers.stream(question, uploads)
        else:
            given = [answers.answer(question, uploads)]
        return [(m, [base64.b64encode(part).decode() for part in p]) for m, p in given]

    page.expose_function("answer", answer)
    page.goto("about:blank")
    page.evaluate(BRIDGE, [scripts.joined(face), scripts.style(), catalogue])
    return page


def watch(page) -> list[str]:
    """Collect the errors that the page reports about the lab."""
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    return said


def shot(page, name: str) -> None:
    """Leave a picture of the first face where somebody wants to see it."""
    if folder := os.environ.get("GAN_UTILS_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.locator(".gan-lab").first.screenshot(path=f"{folder}/{name}.png")


def look_everywhere(page, name: str) -> None:
    """Show a face at three widths; nothing may stick out or be too small to hit."""
    for size, width in SIZES.items():
        page.set_viewport_size({"width": width, "height": 1300})
        page.wait_for_timeout(200)
        shot(page, f"{name}-{size}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels of content in {width}"
        assert page.evaluate(SMALL) == []


def press(page, target, key: str) -> None:
    """Give a control the focus and press a key."""
    target.focus()
    page.keyboard.press(key)


def use(page, target, way: str) -> None:
    """Operate a button or a box by mouse, key or touch."""
    if way == "key":
        press(page, target, "Space")
    else:
        target.click() if way == "mouse" else target.tap()
