"""A side of a comparison in a process of its own: its threads and memory are apart.

Frameworks keep threads that spin for a while after their work, and none gives memory
back. In one process the next side would pay for both.
"""

import importlib
import multiprocessing
import re
import resource
import sys
from pathlib import Path

from benchmarks.spec import Spec

MODULES = {
    "ours": "ours",
    "torch": "torch_peer",
    "tf": "tensorflow_peer",
    "flax": "flax_peer",
}


class Worker:
    """A side (see `benchmarks.peers.side`) that runs elsewhere.

    Args:
        peer: a key of MODULES.
        variant: one of those that the peer's `variants(spec)` names.
        spec: the case.
        start: weights and first draws, see `Start`.
        data: array that the batches are drawn from.
    """

    def __init__(self, peer: str, variant: str, spec: Spec, start, data):
        context = multiprocessing.get_context("spawn")
        self._pipe, end = context.Pipe()
        arguments = (end, peer, variant, spec, start, data)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        end.close()
        self._answer()

    def losses(self, start):
        """Train on the given draws; see `Side.losses`."""
        return self._ask("losses", start)

    def run(self, steps: int) -> None:
        """Make updates and wait until they are done."""
        self._ask("run", steps)

    def peak_memory(self) -> int:
        """Return the most bytes that the process has held, its framework included."""
        return self._ask("peak_memory", None)

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.join()

    def _ask(self, what, argument):
        self._pipe.send((what, argument))
        return self._answer()

    def _answer(self):
        try:
            failure, value = self._pipe.recv()
        except EOFError:
            raise RuntimeError("the process of this side ended unexpectedly") from None
        if failure:
            raise RuntimeError(failure)
        return value


def variants(peer: str, spec: Spec) -> tuple[str, ...]:
    """Name the ways in which a peer can compute a case.

    Raises:
        ImportError: when its framework is not installed.
    """
    return importlib.import_module(f"benchmarks.peers.{MODULES[peer]}").variants(spec)


def _serve(pipe, peer, variant, spec, start, data):
    """Build one side, then answer until the other end closes."""

    def build():
        module = importlib.import_module(f"benchmarks.peers.{MODULES[peer]}")
        return module.make(spec, start, data, variant)

    side = _reply(pipe, build, lambda side: None)
    while side is not None:
        try:
            what, argument = pipe.recv()
        except EOFError:
            return
        if what == "peak_memory":
            _reply(pipe, _peak_memory)
        else:
            _reply(pipe, lambda: getattr(side, what)(argument))  # noqa: B023


def _reply(pipe, function, shown=lambda value: value):
    """Call a function and send (what failed, its value)."""
    try:
        value = function()
    except Exception as error:
        pipe.send((f"{type(error).__name__}: {error}"[:300], None))
        return None
    pipe.send(("", shown(value)))
    return value


def _peak_memory() -> int:
    """Read the most bytes resident; `getrusage` would include the parent's at birth."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:  # not Linux
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
