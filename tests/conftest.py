"""Settings of the unit tests: strict types, strict ranks, several virtual devices.

They are set in this process only. The notebooks run in kernels of their own, with the
settings of a learner.
"""

import jax
import pytest

import gan_utils.training  # noqa: F401, settles how XLA compiles before JAX starts

jax.config.update("jax_num_cpu_devices", 4)
OURS = {"jax_numpy_dtype_promotion": "strict", "jax_numpy_rank_promotion": "raise"}
LEARNERS = {
    "jax_numpy_dtype_promotion": "standard",
    "jax_numpy_rank_promotion": "allow",
}


def _switch(settings):
    for name, value in settings.items():
        jax.config.update(name, value)


_switch(OURS)


@pytest.fixture(scope="module", autouse=True)
def machine_code(request):
    """Compile quickly, as most programs here run once.

    XLA's own passes are the same; only the machine code is less polished. A file whose
    tests compare bits or count seconds says `POLISHED = True`.
    """
    quick = not getattr(request.module, "POLISHED", False)
    if jax.config.read("jax_disable_most_optimizations") != quick:
        jax.clear_caches()  # two kinds of machine code round differently
        jax.config.update("jax_disable_most_optimizations", quick)


@pytest.fixture
def settings_of_a_learner():
    """Undo the strictness of our own tests: a notebook's kernel has the defaults.

    In every thread: an attempt at an exercise runs in one of its own.
    """
    _switch(LEARNERS)
    yield
    _switch(OURS)


@pytest.fixture(scope="module")
def browser():
    """Start a Chromium for the browser tests of a file."""
    from benchmarks.browser import chromium

    with chromium() as found:
        yield found
