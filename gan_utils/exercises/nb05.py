"""The exercises of notebook 05: the two players' steps, the average, the scan."""

import jax
import jax.numpy as jnp
from jax.nn import relu, sigmoid, softplus

from gan_utils.exercises.exercise import Exercise, Mistake, register


def _tilted(d, x):
    return x @ d["w"] + d["b"]


def _bent(d, x):
    return jnp.tanh(x @ d["v"]) @ d["w"]


def _shifted(g, z):
    return z * g["scale"] + g["centre"]


def _mixed(g, z):
    return relu(z @ g["v"]) @ g["w"] + z


def _normals(rng):
    return lambda *shape: jnp.asarray(rng.normal(size=shape), "float32")


def _games(rng):
    """Two pairs of players; noise and samples have one shape, as learners mix them."""
    normal = _normals(rng)
    cases = []
    for n, rate in ((12, 0.1), (7, 0.5)):
        d = {"w": normal(2), "b": normal()}
        g = {"scale": normal(2), "centre": normal(2)}
        cases.append((_tilted, _shifted, d, g, normal(n, 2) + 1, normal(n, 2), rate))
        d, g = (
            {"v": normal(2, 4), "w": normal(4)},
            {"v": normal(2, 3), "w": normal(3, 2)},
        )
        cases.append((_bent, _mixed, d, g, normal(n, 2) - 1, normal(n, 2), rate))
    return cases


def _descent(loss, params, rate):
    gradient = jax.grad(loss)(params)
    return jax.tree.map(lambda p, u: p - rate * u, params, gradient)


def _d_step(D, G, d, g, x, z, rate):
    fake = G(g, z)
    return _descent(
        lambda d: (softplus(-D(d, x)) + softplus(D(d, fake))).mean(), d, rate
    )


def _d_variant(loss, factor=1):
    """Make a discriminator's step on another loss of (logits on data, on fakes)."""

    def step(D, G, d, g, x, z, rate):
        fake = G(g, z)
        return _descent(lambda d: loss(D(d, x), D(d, fake)), d, factor * rate)

    return step


def _d_on_noise(D, G, d, g, x, z, rate):
    return _descent(lambda d: (softplus(-D(d, x)) + softplus(D(d, z))).mean(), d, rate)


def _d_gradient(D, G, d, g, x, z, rate):
    fake = G(g, z)
    return jax.grad(lambda d: (softplus(-D(d, x)) + softplus(D(d, fake))).mean())(d)


def _d_moves_g(D, G, d, g, x, z, rate):
    return _descent(
        lambda g: (softplus(-D(d, x)) + softplus(D(d, G(g, z)))).mean(), g, rate
    )


register(
    Exercise(
        name="discriminator_step",
        notebook="05",
        difficulty=3,
        minutes=12,
        reference=_d_step,
        cases=_games,
        mistakes=(
            Mistake(
                _d_variant(lambda r, f: (softplus(-r) + softplus(f)).mean(), -1),
                "You climbed your loss. A loss is to be made small: subtract rate "
                "times the gradient.",
            ),
            Mistake(
                _d_variant(lambda r, f: (softplus(r) + softplus(-f)).mean()),
                "Your discriminator is trained to be wrong: the labels are swapped. "
                "Data want a high logit (softplus(-logit)), fakes a low one.",
            ),
            Mistake(
                _d_variant(lambda r, f: softplus(f).mean()),
                'Your discriminator sees fakes only, so the answer "fake" for '
                "everything is perfect. Add the loss on the data.",
            ),
            Mistake(
                _d_variant(lambda r, f: softplus(-r).mean()),
                'Your discriminator sees data only, so the answer "real" for '
                "everything is perfect. Add the loss on the fakes.",
            ),
            Mistake(
                _d_variant(
                    lambda r, f: (softplus(-sigmoid(r)) + softplus(sigmoid(f))).mean()
                ),
                "You applied a sigmoid and then a loss that applies one again. D "
                "returns logits: hand them to softplus as they are.",
            ),
            Mistake(
                _d_variant(lambda r, f: (softplus(-r) + softplus(f)).sum()),
                "You summed over the batch: the step grows with the batch size. Take "
                "the mean.",
            ),
            Mistake(
                _d_on_noise,
                "You judged the noise z itself. The fakes are G(g, z).",
            ),
            Mistake(
                _d_gradient,
                "You returned the gradient. Return the new parameters: "
                "d - rate * gradient.",
            ),
            Mistake(
                _d_moves_g,
                "You moved the generator. In this step its parameters stand still; "
                "differentiate with respect to d.",
            ),
        ),
    )
)


def _g_step(D, G, d, g, z, rate):
    return _descent(lambda g: softplus(-D(d, G(g, z))).mean(), g, rate)


def _g_variant(loss, factor=1):
    """Make a generator's step on another loss of the logits on fakes."""

    def step(D, G, d, g, z, rate):
        return _descent(lambda g: loss(D(d, G(g, z))), g, factor * rate)

    return step


def _g_gradient(D, G, d, g, z, rate):
    return jax.grad(lambda g: softplus(-D(d, G(g, z))).mean())(g)


def _g_moves_d(D, G, d, g, z, rate):
    return _descent(lambda d: softplus(-D(d, G(g, z))).mean(), d, rate)


register(
    Exercise(
        name="generator_step",
        notebook="05",
        difficulty=3,
        minutes=10,
        reference=_g_step,
        cases=lambda rng: [case[:4] + case[5:] for case in _games(rng)],
        mistakes=(
            Mistake(
                lambda D, G, d, g, z, rate: g,
                "Your generator does not move. Likely cause: the fakes were made "
                "outside the function that is differentiated, so the loss no longer "
                "depends on g. Call G(g, z) inside it.",
            ),
            Mistake(
                _g_variant(lambda f: softplus(f).mean()),
                "You descended the discriminator's loss on the fakes. That helps the "
                "other side: your fakes become easier to catch.",
            ),
            Mistake(
                _g_variant(lambda f: -softplus(f).mean()),
                "This is the saturating loss log(1 - D). The task asks for the "
                "non-saturating one, -log D(G(z)) = softplus(-logit).",
            ),
            Mistake(
                _g_variant(lambda f: softplus(-f).sum()),
                "You summed over the batch: the step grows with the batch size. Take "
                "the mean.",
            ),
            Mistake(
                _g_variant(lambda f: softplus(-sigmoid(f)).mean()),
                "You applied a sigmoid and then a loss that applies one again. D "
                "returns logits: hand them to softplus as they are.",
            ),
            Mistake(
                _g_gradient,
                "You returned the gradient. Return the new parameters: "
                "g - rate * gradient.",
            ),
            Mistake(
                _g_moves_d,
                "You moved the discriminator, which now finds the fakes more real. "
                "Differentiate with respect to g.",
            ),
        ),
    )
)


def _average(average, params, decay, step):
    decay = jnp.minimum(decay, (1 + step) / (10 + step))
    return jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, average, params)


def _average_variant(rule):
    """Make another average from a rule (a, p, decay, warm) -> new a."""

    def update(average, params, decay, step):
        warm = (1 + step) / (10 + step)
        return jax.tree.map(lambda a, p: rule(a, p, decay, warm), average, params)

    return update


def _parameters(rng):
    """Early steps, where the warm-up decides, and late ones, where it does not."""
    normal = _normals(rng)
    return [
        (
            {"w": normal(3, 2), "b": normal(2)},
            {"w": normal(3, 2), "b": normal(2)},
            decay,
            step,
        )
        for decay, step in ((0.99, 0), (0.9, 7), (0.9, 5000), (0.999, 2000))
    ]


register(
    Exercise(
        name="average_step",
        notebook="05",
        difficulty=2,
        minutes=8,
        reference=_average,
        cases=_parameters,
        mistakes=(
            Mistake(
                _average_variant(
                    lambda a, p, b, warm: (1 - min(b, warm)) * a + min(b, warm) * p
                ),
                "You have the weights the wrong way round. The old average keeps the "
                "share decay; the new parameters enter with 1 - decay.",
            ),
            Mistake(
                _average_variant(lambda a, p, b, warm: b * a + (1 - b) * p),
                "Right, but without the warm-up. A young average must forget the "
                "untrained start: use the smaller of decay and "
                "(1 + step) / (10 + step).",
            ),
            Mistake(
                _average_variant(
                    lambda a, p, b, warm: max(b, warm) * a + (1 - max(b, warm)) * p
                ),
                "You took the larger of decay and (1 + step) / (10 + step). The "
                "warm-up makes the decay smaller at first: take the smaller one.",
            ),
            Mistake(
                _average_variant(lambda a, p, b, warm: min(b, warm) * a + p),
                "Your weights do not add up to 1, so the average grows without end. "
                "Multiply the new parameters by 1 - decay.",
            ),
            Mistake(
                _average_variant(lambda a, p, b, warm: (a + p) / 2),
                "You took the plain mean of the two. The old average keeps the share "
                "decay, which is close to 1.",
            ),
        ),
    )
)


def _run(step, state, keys):
    return jax.lax.scan(step, state, keys)


def _walk(state, key):
    move = jax.random.normal(key, state.shape)
    return 0.9 * state + move, (state * move).sum()


def _count(state, key):
    n, total = state["n"], state["total"] + jax.random.uniform(key)
    return {"n": n + 1, "total": total}, total * (n + 1)


def _walks(rng):
    normal = _normals(rng)
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


register(
    Exercise(
        name="scan_steps",
        notebook="05",
        difficulty=3,
        minutes=10,
        reference=_run,
        cases=_walks,
        properties=(_is_one_loop,),
        mistakes=(
            Mistake(
                _same_key,
                "Every step got the same key, so every batch was the same. Let the "
                "scan hand over keys, one a step.",
            ),
            Mistake(
                _no_carry,
                "Every step began at the first state. The state that a step returns "
                "must be the one that the next step gets: it is the carry.",
            ),
            Mistake(
                _start_returned,
                "You returned the state you started from. Return the last carry.",
            ),
            Mistake(
                _last_loss,
                "You returned the last loss only. Return the losses of all steps.",
            ),
            Mistake(
                _in_python,
                "Your losses are a list of separate numbers. Return one array; "
                "jax.lax.scan stacks them for you.",
            ),
            Mistake(
                _turned_round,
                "You returned (losses, state). The task asks for (state, losses).",
            ),
            Mistake(
                _one_too_few,
                "You made one step too few: there is one step for each key.",
            ),
        ),
    )
)
