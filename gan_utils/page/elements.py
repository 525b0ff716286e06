"""The C expression of one element, for primitives that work element by element."""

from collections.abc import Callable

from gan_utils.page.values import C_TYPES

HEAVY = 12  # cost of a function that takes a dozen operations


def _infix(sign: str) -> Callable:
    return lambda p, types, a, b: f"({a}{sign}{b})"


def _call(name: str) -> Callable:
    return lambda p, types, *args: f"{name}({','.join(args)})"


def _by_type(**forms) -> Callable:
    """Choose by the type of the first operand: f (float), i (int32), u (others)."""

    def write(p, types, *args):
        kind = {"float32": "f", "int32": "i"}.get(types[0], "u")
        return forms.get(kind, forms.get("u"))(p, types, *args)

    return write


def _compare(sign: str) -> Callable:
    return lambda p, types, a, b: f"((uint8_t)({a}{sign}{b}))"


def _total(sign: str) -> Callable:
    """Compare in the total order, in which NaN comes last."""
    last = "||({b}!={b}&&{a}=={a})" if "<" in sign else ""
    return lambda p, types, a, b: f"((uint8_t)({a}{sign}{b}{last.format(a=a, b=b)}))"


def _not(p, types, a):
    return f"((uint8_t)!{a})" if types[0] == "bool" else f"(~{a})"


def _integer_pow(p, types, a):
    """Write the product out; the operand is cheap by then."""
    n = abs(p["y"])
    if n == 0:
        return "1"
    one = f"({'*'.join([a] * n)})" if n <= 4 else f"f_powi({a},{n})"
    return one if p["y"] > 0 else f"(1.0f/{one})"


def _pow(p, types, a, b):
    return f"f_powi({a},(int32_t){b})" if types[1] != "float32" else f"f_pow({a},{b})"


def _select(p, types, which, *cases):
    if len(cases) != 2:
        text = cases[-1]
        for k in range(len(cases) - 2, -1, -1):
            text = f"({which}=={k}?{cases[k]}:{text})"
        return text
    return f"({which}?{cases[1]}:{cases[0]})"


def _convert(p, types, a):
    source, target = types[0], str(p["new_dtype"])
    if source == target:
        return a
    if target == "bool":
        return f"((uint8_t)({a}!=0))"
    if source == "float32" and target == "int32":
        return f"f_to_i({a})"
    if source == "float32" and target == "uint32":
        return f"f_to_u({a})"
    return f"(({C_TYPES[target]})({a}))"


def _bitcast(p, types, a):
    source, target = types[0], str(p["new_dtype"])
    if target == "float32":
        return f"as_f((uint32_t)({a}))"
    bits = f"as_u({a})" if source == "float32" else a
    return f"(({C_TYPES[target]})({bits}))"


def _shift(sign: str) -> Callable:
    return lambda p, types, a, b: f"({b}<32u?({a}{sign}{b}):0u)"


def _logical_shift(p, types, a, b):
    return f"(({C_TYPES[types[0]]})((uint32_t)({b})<32u?((uint32_t)({a})>>{b}):0u))"


# name: (cost, what to write from params, operand types, operand expressions)
ELEMENTWISE = {
    "add": (1, _infix("+")),
    "add_any": (1, _infix("+")),
    "sub": (1, _infix("-")),
    "mul": (1, _infix("*")),
    "div": (3, _by_type(f=_infix("/"), i=_call("i_div"), u=_call("u_div"))),
    "rem": (3, _by_type(f=_call("f_rem"), i=_call("i_rem"), u=_call("u_rem"))),
    "neg": (1, lambda p, types, a: f"(-{a})"),
    "abs": (1, _by_type(f=_call("__builtin_fabsf"), i=_call("__builtin_abs"))),
    "sign": (
        1,
        _by_type(
            f=_call("f_sign"),
            i=lambda p, t, a: f"(({a}>0)-({a}<0))",
            u=lambda p, t, a: f"((uint32_t)({a}!=0))",
        ),
    ),
    "max": (1, _by_type(f=_call("f_max"), u=lambda p, t, a, b: f"({a}>{b}?{a}:{b})")),
    "min": (1, _by_type(f=_call("f_min"), u=lambda p, t, a, b: f"({a}<{b}?{a}:{b})")),
    "exp": (HEAVY, _call("f_exp")),
    "exp2": (HEAVY, lambda p, types, a: f"f_exp({a}*0.69314718055994531f)"),
    "log": (HEAVY, _call("f_log")),
    "log1p": (HEAVY, _call("f_log1p")),
    "expm1": (HEAVY, _call("f_expm1")),
    "tanh": (HEAVY, _call("f_tanh")),
    "logistic": (HEAVY, _call("f_logistic")),
    "sin": (HEAVY, _call("f_sin")),
    "cos": (HEAVY, _call("f_cos")),
    "erf": (HEAVY, _call("f_erf")),
    "erf_inv": (HEAVY, _call("f_erf_inv")),
    "sqrt": (3, _call("__builtin_sqrtf")),
    "rsqrt": (3, lambda p, types, a: f"(1.0f/__builtin_sqrtf({a}))"),
    "pow": (4 * HEAVY, _pow),
    "integer_pow": (2, _integer_pow),
    "nextafter": (4, _call("f_next")),
    "square": (1, lambda p, types, a: f"({a}*{a})"),
    "floor": (1, _call("__builtin_floorf")),
    "ceil": (1, _call("__builtin_ceilf")),
    "round": (
        1,
        lambda p, types, a: (
            f"{'f_round' if int(p['rounding_method']) == 0 else 'f_round_even'}({a})"
        ),
    ),
    "is_finite": (1, lambda p, types, a: f"((uint8_t)(__builtin_fabsf({a})<INFINITY))"),
    "eq": (1, _compare("==")),
    "ne": (1, _compare("!=")),
    "lt": (1, _compare("<")),
    "le": (1, _compare("<=")),
    "gt": (1, _compare(">")),
    "ge": (1, _compare(">=")),
    "lt_to": (1, _total("<")),
    "le_to": (1, _total("<=")),
    "eq_to": (1, _total("==")),
    "and": (1, _infix("&")),
    "or": (1, _infix("|")),
    "xor": (1, _infix("^")),
    "not": (1, _not),
    "select_n": (1, _select),
    "clamp": (
        2,
        lambda p, types, low, x, high: f"({x}<{low}?{low}:({x}>{high}?{high}:{x}))",
    ),
    "convert_element_type": (1, _convert),
    "bitcast_convert_type": (0, _bitcast),
    "shift_left": (1, _shift("<<")),
    "shift_right_logical": (1, _logical_shift),
    "shift_right_arithmetic": (1, lambda p, types, a, b: f"({a}>>({b}<31?{b}:31))"),
    "stop_gradient": (0, lambda p, types, a: a),
    "copy": (0, lambda p, types, a: a),
    "copy_p": (0, lambda p, types, a: a),
    "reduce_precision": (0, lambda p, types, a: a),
    "optimization_barrier": (0, lambda p, types, a: a),
}
# Operands that the written expression repeats, so that they must be cheap.
REPEATED = {
    "max",
    "min",
    "clamp",
    "square",
    "integer_pow",
    "sign",
    "select_n",
    "lt_to",
    "le_to",
}
