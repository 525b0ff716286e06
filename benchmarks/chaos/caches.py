"""What one process leaves to the next as the victims: choices, programs, downloads."""

import functools
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from benchmarks.chaos.processes import finished, killed, python, seconds_of
from benchmarks.chaos.trials import require

CHOICES = """
import itertools
from gan_utils.engine import measured
print("begin", flush=True)
for n in itertools.count():
    measured._keep(f"question {n}", measured.Answer("a", {"a": 1.0, "b": n + 2.0}))
    print(f"kept {n}", flush=True)
"""
PROGRAM = """
import jax, numpy as np
from gan_utils import program_cache
program_cache.use_cache()
print("begin", flush=True)
x = np.linspace(0, 1, 64, dtype="float32").reshape(8, 8)
total = 0.0
for n in range(2, 12):
    f = jax.jit(lambda x: jax.lax.fori_loop(0, n, lambda i, y: (x @ y) / 8 + i, x))
    total += float(f(x).sum())
print("result", total.hex())
"""
DOWNLOAD = """
import sys
from pathlib import Path
from gan_utils.data import downloads, published
name, size, digest, url, folder = sys.argv[1:]
file = published.File(name, int(size), digest)
print("begin", flush=True)
downloads.download(file, Path(folder), (url,))
"""
BYTES = np.random.default_rng(0).bytes(2**20)
PARTS = 64  # in which they are sent, each with a pause


def kill_choices(rng, folder: Path, shelf: Path) -> str:
    """Kill a process that keeps answers; all that it said to be kept are there."""
    process = python(CHOICES, GAN_UTILS_CACHE=folder)
    after, said = killed(process, rng, 0.5, ready="begin")
    require_choices(folder / "choices.json", said.count("kept"))
    return f"killed after {after:.3f} s and {said.count('kept')} answers"


def require_choices(path: Path, least: int) -> None:
    """Require a whole file with so many answers for this machine."""
    if not path.exists():
        return require(least == 0, f"{path.name} is gone")
    try:
        (answers,) = json.loads(path.read_text(encoding="utf-8")).values()
    except ValueError as error:
        require(False, f"{path.name}: {error}")
    require(len(answers) >= least, f"{len(answers)} answers of {least}")


def program(folder: Path, setup: str = "") -> dict:
    """Describe a process that compiles ten programs into a cache, or takes them."""
    return python(f"{setup}\n{PROGRAM}", GAN_UTILS_CACHE=folder)


def result_of(process: dict) -> str:
    """Run such a process and return its result, to the last bit."""
    return finished(process).stdout.split()[-1]


@functools.cache
def undisturbed(shelf: Path) -> tuple[str, float]:
    """Return the result without a disturbance, and the seconds it takes."""
    seconds = seconds_of(program(shelf / "programs"))
    return result_of(program(shelf / "programs")), seconds


def kill_program(rng, folder: Path, shelf: Path) -> str:
    """Kill a process that compiles; the next one has the same result."""
    result, seconds = undisturbed(shelf)
    after, _ = killed(program(folder), rng, seconds / 2, ready="begin")
    found = result_of(program(folder))
    require(found == result, f"{found} in place of {result}")
    return f"killed after {after:.2f} s"


def kill_download(rng, folder: Path, shelf: Path) -> str:
    """Kill a download; its name stands for the whole file or for nothing."""
    name = "digits.gz"
    with mirror() as url:
        digest = hashlib.sha256(BYTES).hexdigest()
        process = python(DOWNLOAD, name, len(BYTES), digest, url, folder)
        after, _ = killed(process, rng, 1.0, ready="begin")
        path = folder / name
        whole = not path.exists() or path.read_bytes() == BYTES
        require(whole, f"{name} is cut")
        finished(process)
    require(path.read_bytes() == BYTES, f"{name} holds something else")
    return f"killed after {after:.2f} s"


@contextmanager
def mirror():
    """Serve BYTES at every address of a server on this computer, slowly."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            one = self.headers.get("Range") == "bytes=0-0"
            content = BYTES[:1] if one else BYTES
            self.send_response(206 if one else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                for at in range(0, len(content), len(BYTES) // PARTS):
                    self.wfile.write(content[at : at + len(BYTES) // PARTS])
                    time.sleep(0.3 / PARTS)
            except OSError:  # who asked was killed
                self.close_connection = True

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
