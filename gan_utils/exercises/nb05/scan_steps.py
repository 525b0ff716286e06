"""Exercise: many steps in one scan."""

import jax
import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register
from gan_utils.exercises.nb05.games import normals


def _run(step, state, keys):
    return jax.lax.scan(step, state, keys)


def _walk(state, key):
    move = jax.random.normal(key, state.shape)
    return 0.9 * state + move, (state * move).sum()


def _count(state, key):
    n, total = state["n"], state["total"] + jax.random.uniform(key)
    return {"n": n + 1, "total": total}, total * (n + 1)


def _walks(rng):
    normal = normals(rng)
    keys = [
        jax.random.split(jax.random.key(int(rng.integers(999))), n) for n in (6, 3, 9)
    ]
    tally = {"n": jnp.float32(rng.integers(5)), "total": normal()}
    return [
        (_walk, normal(3), keys[0]),
        (_count, tally, keys[1]),
        (_walk, normal(2), keys[2]),
    ]


def _in_python(step, state, keys):
    losses = []
    for key in keys:
        state, loss = step(state, key)
        losses.append(loss)
    return state, losses


def _same_key(step, state, keys):
    return jax.lax.scan(lambda s, _: step(s, keys[0]), state, keys)


def _no_carry(step, state, keys):
    ends, losses = jax.vmap(lambda key: step(state, key))(keys)
    return jax.tree.map(lambda x: x[-1], ends), losses


def _start_returned(step, state, keys):
    return state, jax.lax.scan(step, state, keys)[1]


def _last_loss(step, state, keys):
    state, losses = jax.lax.scan(step, state, keys)
    return state, losses[-1]


def _turned_round(step, state, keys):
    return jax.lax.scan(step, state, keys)[::-1]


def _one_too_few(step, state, keys):
    return jax.lax.scan(step, state, keys[:-1])


def _first_skipped(step, state, keys):
    return jax.lax.scan(step, state, keys[1:])


def _backwards(step, state, keys):
    return jax.lax.scan(step, state, keys[::-1])


def _is_one_loop(attempt) -> str:
    """Refuse an answer whose program grows with the number of steps."""

    def lines(n):
        keys = jax.random.split(jax.random.key(0), n)
        run = jax.make_jaxpr(lambda state, keys: attempt(_walk, state, keys))
        return len(str(run(jnp.zeros(2), keys)).splitlines())

    if lines(40) > lines(4) + 20:
        return (
            "right, but a Python loop: its compiled program grows with the number of "
            "steps, and so does the time to compile it. Use jax.lax.scan."
        )
    return ""


task = register(
    Exercise(
        name="scan_steps",
        notebook="05",
        difficulty=3,
        minutes=10,
        reference=_run,
        cases=_walks,
        properties=(_is_one_loop,),
    )
)

task.wrong(
    _same_key,
    "Every step got the same key, so every batch was the same. Let the scan hand over "
    "keys, one a step.",
)
task.wrong(
    _no_carry,
    "Every step began at the first state. The state that a step returns must be the "
    "one that the next step gets: it is the carry.",
)
task.wrong(
    _start_returned,
    "You returned the state you started from. Return the last carry.",
)
task.wrong(
    _last_loss,
    "You returned the last loss only. Return the losses of all steps.",
)
task.wrong(
    _in_python,
    "Your losses are a list of separate numbers. Return one array; jax.lax.scan "
    "stacks them for you.",
)
task.wrong(
    _turned_round,
    "You returned (losses, state). The task asks for (state, losses).",
)
for wrong in (_one_too_few, _first_skipped):
    task.wrong(
        wrong,
        "You made one step too few: there is one step for each key.",
    )
task.wrong(
    _backwards,
    "You took the keys from the last to the first. Take them in order.",
)
