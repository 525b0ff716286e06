"""What the laboratory does on its page: python -m benchmarks.lab_page [--minutes 60].

A real JupyterLab in a Chromium that draws in software on the same cores: seconds to
the first frame, frames and updates a second, how long another cell waits meanwhile (as
the page sees it, and as a client sees it that draws nothing), and what minutes of play
leave in the memory of kernel and page.
"""

import argparse
import json
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import browser, report
from gan_utils.widgets.lab_answers import POINTS

WARM = """from gan_utils import widgets
from gan_utils.widgets import lab_answers
lab_answers.POINTS = {}
import time; began = time.time()"""
LAB = "widgets.lab()"
FRAME = "document.querySelector('.gan-lab')?.lab?.face?.frames[0]"
SPEED = "n => { document.querySelector('.gan-lab').lab.pace.fixed = n; }"
SHOWN = """() => {
    const face = document.querySelector('.gan-lab').lab.face;
    const show = face.show.bind(face);
    window.shown = 0;
    face.show = (...given) => { window.shown += 1; return show(...given); };
}"""
ASK = """async ([code, times, pause]) => {
    const panel = window.jupyterapp.shell.currentWidget;
    const { kernel } = panel.sessionContext.session;
    const found = [];
    for (let i = 0; i < times; i++) {
        const began = performance.now();
        const asked = kernel.requestExecute({ code });
        let [waited, text] = [null, ''];
        asked.onReply = () => { waited = performance.now() - began; };
        asked.onIOPub = (m) => { text += m.content.text ?? ''; };
        await asked.done;
        found.push([waited ?? performance.now() - began, text]);
        await new Promise((go) => setTimeout(go, pause));
    }
    return found;
}"""
RESIDENT = "from benchmarks.lab_widget import resident; print(resident())"
ROUNDS, STRETCH = 5, 4.0  # stretches of play, seconds each
TIMES = 40  # that another cell is run


def measure(minutes: float, points: int, say=print) -> dict:
    """Open the lab in JupyterLab, play, and time it.

    Args:
        minutes: of play for the growth of memory; 0 leaves it out.
        points: of data, and of fakes, that travel to the page and are drawn; 2,000 of
            each are measured whatever is drawn.
        say: told of the growth as it is measured.
    """
    with (
        tempfile.TemporaryDirectory() as home,
        browser.served(Path(home), WARM.format(points), LAB) as address,
        browser.chromium() as engine,
    ):
        page = engine.new_page(viewport={"width": 1200, "height": 1500})
        browser.run_all(page, address)
        page.wait_for_function(f"{FRAME}?.step === 0")
        ((_, text),) = page.evaluate(
            ASK, ["import time; print(time.time() - began)", 1, 0]
        )
        found = {"points_drawn": points, "first_frame_s": float(text)}
        page.evaluate(SHOWN)
        with neighbour(Path(home)) as client:
            found |= _alone(page, client)
            found |= _playing(page, client, 10) | _playing(page, client, 1000)
        if minutes:
            found |= _growth(page, minutes, say)
    return {"case": "lab widget, page", **found, **report.surroundings()}


@contextmanager
def neighbour(home: Path):
    """Connect a second client to the page's kernel, which does not wait for the page.

    Args:
        home: folder that the server writes to.
    """
    from jupyter_client import BlockingKernelClient

    (file,) = (home / "runtime").glob("kernel-*.json")
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        yield client
    finally:
        client.stop_channels()


def _alone(page, client) -> dict:
    return {f"{name}_alone_ms": row for name, row in _waits(page, client, 50).items()}


def _playing(page, client, speed: int) -> dict:
    page.evaluate(SPEED, speed)
    page.get_by_role("button", name="▶ Play", exact=True).click()
    page.wait_for_timeout(1500)
    frames, steps = zip(*(_rates(page) for _ in range(ROUNDS)), strict=True)
    waits = _waits(page, client, 100)
    page.get_by_role("button", name="Pause", exact=True).click()
    return {
        f"frames_per_s_at_{speed}": [min(frames), median(frames), max(frames)],
        f"steps_per_s_at_{speed}": [min(steps), median(steps), max(steps)],
    } | {f"{name}_at_{speed}_ms": row for name, row in waits.items()}


def _waits(page, client, pause: int) -> dict:
    """Run another cell, from the page and from beside it: median and longest wait."""
    by_page = [ms for ms, _ in page.evaluate(ASK, ["1 + 1", TIMES, pause])]
    by_client = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.execute("1 + 1", store_history=False, reply=True, timeout=30)
        by_client.append(1000 * (time.perf_counter() - began))
        time.sleep(pause / 1000)
    return {
        "another_cell": [median(by_page), max(by_page)],
        "kernel_answers": [median(by_client), max(by_client)],
    }


def _rates(page) -> tuple[float, float]:
    """Count frames that were shown and updates that were made, a second."""
    look = f"[window.shown, {FRAME}.step, performance.now() / 1000]"
    before = page.evaluate(look)
    page.wait_for_timeout(1000 * STRETCH)
    shown, steps, seconds = (
        b - a for a, b in zip(before, page.evaluate(look), strict=True)
    )
    return shown / seconds, steps / seconds


def _growth(page, minutes: float, say) -> dict:
    """Measure memory at a tenth of the time, when caches are full, and at the end."""
    session = page.context.new_cdp_session(page)
    page.evaluate(SPEED, 10)
    page.get_by_role("button", name="▶ Play", exact=True).click()
    began, seen = time.monotonic(), []
    while not seen or time.monotonic() - began < 60 * minutes:
        page.wait_for_timeout(60_000 * minutes / 10)
        if not page.evaluate("document.querySelector('.gan-lab').lab.playing"):
            raise RuntimeError("the lab stopped playing, so nothing is measured")
        ((_, text),) = page.evaluate(ASK, [RESIDENT, 1, 0])
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"] / 2**20
        seen.append((float(text), heap, page.evaluate("window.shown")))
        say(f"{(time.monotonic() - began) / 60:5.1f} min: {seen[-1]}", flush=True)
    kernel, heap, frames = (b - a for a, b in zip(seen[0], seen[-1], strict=True))
    return {
        "minutes": minutes,
        "growth_frames": frames,
        "growth_kernel_mb": kernel,
        "growth_page_mb": heap,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lab_page", description=__doc__
    )
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--points", type=int, default=POINTS, help="drawn of each kind")
    parser.add_argument("--json", type=Path, help="write the numbers here")
    options = parser.parse_args()
    found = measure(options.minutes, options.points)
    for name, value in found.items():
        print(f"{name:24} {json.dumps(value)}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
