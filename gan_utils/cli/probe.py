"""Import everything and ask JAX about its devices, in a process of its own: a broken
driver may hang or crash."""

import json
import os
import re
import subprocess
import sys

from gan_utils.cli.places import PACKAGE

SCRIPT = """
import importlib, json, pkgutil
import gan_utils
import jax, jax.numpy as jnp
from gan_utils.engine import measured, memory, switches

names = [m.name for m in pkgutil.walk_packages(gan_utils.__path__, "gan_utils.")]
names = [n for n in names if ".cli" not in n and "__main__" not in n]
for name in names:
    importlib.import_module(name)

product = jnp.ones((8, 8)) @ jnp.ones((8, 8))
assert float(product[0, 0]) == 8.0, "a product of matrices came out wrong"


def limit(device):
    try:
        return (device.memory_stats() or {}).get("bytes_limit", 0)
    except Exception:
        return 0


devices = [{"name": str(d.device_kind), "bytes": limit(d)} for d in jax.devices()]
report = {"backend": jax.default_backend(), "devices": devices, "modules": len(names)}
report |= {"choices": measured.known(), "way": switches.choice()}
report |= {"kept": memory.MOST if memory.keep() else 0}
print(json.dumps(report))
"""

_NAMED = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Interrupt)(:|$)")


def backend(seconds: float = 120) -> dict:
    """Return the backend's name, its devices and the number of modules imported.

    A report is {"error"}, or {"backend", "devices": [{"name", "bytes"}], "modules",
    "way", "choices": {question: [form, {form: seconds}]}, "kept": bytes}.

    Args:
        seconds: how long the devices may take to answer.
    """
    command = [sys.executable, "-c", SCRIPT]
    options = {"capture_output": True, "text": True, "timeout": seconds}
    try:
        done = subprocess.run(command, env=environment(), **options)
    except subprocess.TimeoutExpired:
        return {"error": f"JAX did not answer within {seconds:.0f} s."}
    if done.returncode == 0:
        return json.loads(done.stdout.strip().splitlines()[-1])
    return {"error": _exception(done.stderr) or f"it ended with {done.returncode}"}


def _exception(text: str) -> str:
    """Find the exception in what a process said at its end, not a footer after it."""
    lines = text.strip().splitlines()
    named = [line for line in lines if _NAMED.match(line)]
    return (named or lines or [""])[-1]


def environment() -> dict[str, str]:
    """Return this process's environment, with this very package to be imported."""
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
