"""The explorers of a static page: milliseconds in a browser, and bytes.

`python -m benchmarks.explorers` opens the page from a file in headless Chromium.
"""

import json
import tempfile
from pathlib import Path

from benchmarks.browser import chromium
from gan_utils import explorers

RUNS = {  # explorer: (function of its program, how often)
    "faces": (("one", 200), ("many", 60), ("look", 100), ("step", 100)),
    "digits": (("one", 100), ("ten", 40)),
}
TIMED = """([name, runs]) => {
  const { program } = document.querySelector(`[data-explorer=${name}]`).explorer;
  if (name === 'faces') program.run('wish');
  return runs.map(([call, times]) => {
    const start = performance.now(), each = [];
    for (let i = 0; i < times; i++) {
      const before = performance.now();
      program.run(call);
      each.push(performance.now() - before);
    }
    const mean = (performance.now() - start) / times;
    each.sort((a, b) => a - b);
    return [call, { mean, least: each[0], median: each[times >> 1] }];
  });
}"""


def main() -> None:
    """Print sizes, the time to the first picture, and the milliseconds of each call."""
    found: dict = {}
    with tempfile.TemporaryDirectory() as home, chromium() as browser:
        files = explorers.write(Path(home))
        found["kB"] = {file.name: round(file.stat().st_size / 1e3) for file in files}
        for name, runs in RUNS.items():
            page = Path(home) / f"{name}.html"
            page.write_text(explorers.fragment(name, ""), "utf-8")
            tab = browser.new_page()
            tab.goto(page.as_uri())
            tab.wait_for_selector("[data-ready]")
            found[f"{name}: ms to the first"] = tab.evaluate("performance.now()")
            found[name] = dict(tab.evaluate(TIMED, [name, runs]))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
