"""Checks: what cannot be trained is refused in one sentence, before it is compiled.

settings     of a GAN, one by one and together
fit          whether the two networks, and an update of them, fit together
optimizers   what may stand as an optimiser
inputs       batches, sources, labels and states that come to a GAN
call         the arguments of `train`
"""
