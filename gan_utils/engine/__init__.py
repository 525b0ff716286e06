"""The engine: what makes updates fast, behind one function.

`run(gan, state, source, n)` makes n updates. What it computes is n times

    state, report = gan.step(state, source.batch(state.key, state.step))

and nothing else. With GAN_UTILS_ENGINE=plain in the environment it does so by `jax.jit`
and `lax.scan` alone, with equal results to rounding: `plain` is the file to read first.
Otherwise `fast` chooses libraries, draws ahead and uses all cores.

    run           chooses between the two
    plain         the meaning of a run, in 40 lines
    fast          the loop for dense networks, single updates for convolutions
    ahead         draws the data and latents of many updates in one call
    cores         shares the members of an ensemble among the cores
    compilation   flags of XLA
    libraries     which library computes products and convolutions
    switches      what the environment asks for
    measured      times the forms of such a question once, and keeps the answer
    memory        kept between updates with convolutions
    convolution   three maps, and their forms

Outside this folder only `run`, the convolution's maps and the record of what was
`measured` are used.
"""

from gan_utils.engine import convolution, measured
from gan_utils.engine.run import run

__all__ = ["convolution", "measured", "run"]
