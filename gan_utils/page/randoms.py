"""Random numbers, bit for bit as in JAX; a key's two words are its last axis."""

import numpy as np

from gan_utils.page.forms import UnknownPrimitive, form


@form("random_wrap")
def random_wrap(low, params, values, outs):
    return values[0]


@form("random_unwrap")
def random_unwrap(low, params, values, outs):
    return values[0]


@form("random_seed")
def random_seed(low, params, values, outs):
    seed = low.w.stored(values[0])
    target = low.w.new(*outs[0])
    with low.w.loops(seed.shape) as index:
        low.w.line(f"{target.at([*index, '0'])}=0;")
        low.w.line(f"{target.at([*index, '1'])}=(uint32_t){seed.at(index)};")
    return target


@form("random_fold_in")
def random_fold_in(low, params, values, outs):
    keys, data = low.w.stored(values[0]), low.w.stored(values[1])
    target = low.w.new(*outs[0])
    with low.w.loops(target.shape[:-1]) as index:
        where = index[len(index) - len(data.shape) :] if data.shape else ()
        mine = index[: len(keys.shape) - 1]
        words = ",".join(
            [
                keys.at([*mine, "0"]),
                keys.at([*mine, "1"]),
                "0u",
                f"(uint32_t){data.at(where)}",
            ]
        )
        for word in "01":
            low.w.line(f"{target.at([*index, word])}=threefry_{word}({words});")
    return target


@form("random_split")
def random_split(low, params, values, outs):
    return _drawn(low, values[0], outs[0], ("threefry_0", "threefry_1"))


@form("random_bits")
def random_bits(low, params, values, outs):
    if params["bit_width"] != 32:
        raise UnknownPrimitive(
            f"random bits of width {params['bit_width']}; expected 32."
        )
    return _drawn(low, values[0], outs[0], ("threefry_mixed",))


def _drawn(low, keys, out, words):
    """Call the generator once for each number, with its place as the counter."""
    keys = low.w.stored(keys)
    target = low.w.new(*out)
    own = len(keys.shape) - 1
    body = target.shape[own : len(target.shape) - (len(words) - 1)]
    count = int(np.prod(body))
    columns = target.reshaped((*keys.shape[:-1], count, len(words)))
    with low.w.loops(keys.shape[:-1]) as key, low.w.loop(count) as i:
        pair = f"{keys.at([*key, '0'])},{keys.at([*key, '1'])}"
        for number, word in enumerate(words):
            place = columns.at([*key, i, str(number)])
            low.w.line(f"{place}={word}({pair},0u,(uint32_t){i});")
    return target
