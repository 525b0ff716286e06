"""From a fresh interpreter to the first finished step, cold and with the cache."""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

PROGRAM = """
import jax
from gan_utils import data
from gan_utils.training import train
from gan_utils.training.recipes import ring8
recipe = ring8()
state = recipe.init(jax.random.key(0))
state, _ = train(recipe.gan, state, data.ring(8, 1.0, 0.05), 1, 256, progress=False)
jax.block_until_ready(state)
"""


def measure(rounds: int, peers: list[str]) -> list[dict]:
    """Time the program in new processes, with an empty cache and with a filled one."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "cached"):
            seconds = []
            for i in range(rounds):
                place = f"{folder}/{i if name == 'cold' else 'shared'}"
                if name == "cached" and i == 0:
                    _run(place)
                seconds.append(_run(place))
            results.append(
                {
                    "case": f"start {name}",
                    "unit": "s",
                    "ours": median(seconds),
                    "spread": {"ours": (min(seconds), max(seconds))},
                }
            )
    return results


def _run(cache: str) -> float:
    environment = os.environ | {"GAN_UTILS_CACHE": cache}
    for name in ("JAX_COMPILATION_CACHE_DIR", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)  # Python keeps what it compiled, as usual
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True)
    return time.perf_counter() - begin
