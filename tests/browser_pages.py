"""What the browser tests share: pages, hands and eyes.

A bare page holds a face whose model asks an engine in this process. A test file that
imports this one is skipped where playwright or a Chromium is missing.
"""

import base64
import os
from pathlib import Path

import pytest

from benchmarks.browser import CHROMIUM
from gan_utils.widgets import scripts

pytest.importorskip("playwright.sync_api", reason="needs playwright")
if CHROMIUM is None:
    pytest.skip("needs chromium on the path", allow_module_level=True)

SIZES = {"narrow": 320, "page": 1000, "projector": 1900}  # name -> pixels of width
SMALL = """[...document.querySelectorAll('.gan-lab button, .gan-lab select,'
    + '.gan-lab summary, .gan-lab label.gl-tick, .gan-lab input[type=range]')]
    .filter(n => n.offsetParent && n.getBoundingClientRect().height < 43.5)
    .map(n => n.outerHTML.slice(0, 80))"""
BRIDGE = """async ([esm, css, catalogue, colab]) => {
    document.head.append(document.createElement('style'));
    document.head.lastChild.textContent = css;
    const values = { catalogue, kind: 'live', recording: null };
    const listeners = new Set();
    const listen = (...heard) => listeners.forEach((hear) => hear(...heard));
    const text = (buffer) =>
        btoa(Array.from(new Uint8Array(buffer), (c) => String.fromCodePoint(c))
            .join(''));
    const view = (packed) => {
        const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
        if (!colab) return new DataView(bytes.buffer);
        const larger = new Uint8Array(bytes.length + 21);
        larger.set(bytes, 8);
        return larger.subarray(8, 8 + bytes.length);
    };
    const model = {
        get: (name) => values[name],
        on: (_, hear) => { listeners.add(hear); },
        off: (_, hear) => { listeners.delete(hear); },
        async send(question, _, buffers = []) {
            const answers = await answer(question, buffers.map(text));
            for (const [message, packed] of answers) listen(message, packed.map(view));
        },
    };
    const file = new Blob([esm], { type: 'text/javascript' });
    const { default: face } = await import(URL.createObjectURL(file)); // as strict
    window.view = () => { // one more of the same model
        const el = document.body.appendChild(document.createElement('div'));
        return face.render({ model, el });
    };
    window.view();
}"""
WAYS = pytest.mark.parametrize("way", ["mouse", "key", "touch"])


def bare_page(browser, face: str, answers, catalogue: dict, colab: bool = False):
    """Open a page with a face and nothing else; `answers` replies from this process.

    Bytes come as Jupyter sends them, or as Colab does: a part of a larger buffer. The
    page's attribute `said` collects the errors that the page reports.
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
    page.evaluate(BRIDGE, [scripts.bundle(face), scripts.style(), catalogue, colab])
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
        face, size = page.locator(".gan-lab").first, page.viewport_size
        tall = int(face.bounding_box()["height"]) + 300  # a window with room for all
        page.set_viewport_size(size | {"height": max(tall, size["height"])})
        page.wait_for_timeout(300)  # until it is drawn anew
        face.screenshot(path=f"{folder}/{name}.png")
        page.set_viewport_size(size)


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
