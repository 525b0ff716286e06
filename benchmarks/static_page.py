"""The lab on a page without a kernel: python -m benchmarks.static_page.

A page from a folder in a headless Chromium, with the network cut. For every preset: the
bytes of its programs, updates a second in the page's thread beside those of the
course's own runner, and how long a picture takes; for the default lab also the first
frame after the page opens, and the pictures a second at ten updates each. Each number
is the best of many short stretches, so that other programs disturb it little.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from benchmarks.browser import chromium
from gan_utils.engine import fast
from gan_utils.lab import PRESETS, Lab, prepared
from gan_utils.lab.programs import PROGRAMS
from gan_utils.widgets import lab_in_page, scripts

STRETCH, TIMES = 16, 300  # updates in a stretch, and stretches
FACE = "document.querySelector('.gan-lab')?.lab"
TIMED = """async ({facts, names, files, settings, stretch, times}) => {
    const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const find = key => labWorker.compiled(bytes(files[names[key]]));
    const answers = new labWorker.Answers(facts, find, settings);
    await answers.open();
    const [lane] = answers.lanes;
    const best = work => {
        let least = Infinity;
        for (let i = 0; i < times; i++) {
            const begin = performance.now();
            work();
            least = Math.min(least, performance.now() - begin);
        }
        return least;
    };
    const update = best(() => lane.advance(stretch)) / stretch;
    return { update, picture: best(() => lane.camera.frame(lane, 'generator_loss')) };
}"""
SHOWN = """seconds => new Promise(done => {
    const lab = document.querySelector('.gan-lab').lab;
    const show = lab.face.show.bind(lab.face);
    let shown = 0;
    lab.face.show = (...given) => { shown += 1; return show(...given); };
    lab.pace.fixed = 10;
    lab.play();
    const from = lab.last[0].step;
    setTimeout(() => done([shown / seconds, (lab.last[0].step - from) / seconds]),
        1000 * seconds);
})"""


def measure(say=print) -> dict:
    """Time every preset in the page and in JAX, and the default lab's face."""
    with chromium() as browser:
        context = browser.new_context(offline=True)
        tab = context.new_page()
        worker = scripts.bundle(scripts.WORKER)
        tab.evaluate(worker + "\nwindow.labWorker = labWorker;")
        found = {"presets": {}}
        for preset in PRESETS:
            row = found["presets"][preset] = one(tab, preset)
            say(
                f"{preset}: {row['bytes'] / 1000:.0f} kB, {row['page']:,.0f} updates/s "
                f"in the page, {row['runner']:,.0f} by the runner; a picture in "
                f"{row['picture']:.1f} ms"
            )
        found |= face(browser)
        say(
            f"first frame {found['first']:.0f} ms after the page opens; "
            f"{found['frames']:.0f} pictures/s at ten updates each, "
            f"{found['updates']:,.0f} updates/s"
        )
    return found


def one(tab, preset: str) -> dict:
    """Time one preset: updates a second and ms a picture."""
    lab = Lab(**PRESETS[preset])
    names = lab_in_page.shared()["names"]
    wanted = {names[prepared.key(kind, lab.settings)] for kind in PROGRAMS}
    files = {name: lab_in_page.encoded(name) for name in wanted}
    job = {"facts": lab_in_page.facts(), "names": names, "files": files}
    job |= {"settings": lab.settings.as_json(), "stretch": STRETCH, "times": TIMES}
    seen = tab.evaluate(TIMED, job)
    gan, batches = lab.setup.gan, lab.setup.batches
    least, state = float("inf"), lab.state
    for _ in range(TIMES):
        begin = time.perf_counter()
        state, _ = fast.run(gan, state, batches, STRETCH)
        least = min(least, time.perf_counter() - begin)
    return {
        "bytes": sum(len(text) * 3 // 4 for text in files.values()),
        "page": 1000 / seen["update"],
        "runner": STRETCH / least,
        "picture": seen["picture"],
    }


def face(browser) -> dict:
    """Open a page with the default lab, and play."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        lab_in_page.write(home / "gan_lab")
        (home / "lab.html").write_text(
            f"<!DOCTYPE html><body>{lab_in_page.fragment('gan_lab/')}</body>", "utf-8"
        )
        tab = browser.new_context(offline=True).new_page()
        tab.goto((home / "lab.html").as_uri())
        tab.wait_for_function(f"{FACE}?.face.frames.length")
        first = tab.evaluate("performance.now()")
        frames, updates = tab.evaluate(SHOWN, 8)
    return {"first": first, "frames": frames, "updates": updates}


def main() -> None:
    """Measure, and keep the numbers where they are wanted."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="file to write the numbers into")
    asked = parser.parse_args()
    found = measure() | {"load": os.getloadavg()[0]}
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
