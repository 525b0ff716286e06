"""Settings of the unit tests: strict types, strict ranks, several virtual devices.

They are set in this process only. The notebooks run in kernels of their own, with the
settings of a learner.
"""

import jax

jax.config.update("jax_num_cpu_devices", 4)
jax.config.update("jax_numpy_dtype_promotion", "strict")
jax.config.update("jax_numpy_rank_promotion", "raise")
