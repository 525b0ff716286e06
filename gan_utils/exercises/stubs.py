"""Telling an empty stub from a function that computes and returns nothing."""

import dis
import inspect

QUIET = {  # instructions of a body that holds a docstring, `...`, `pass` or a return
    "RESUME",
    "NOP",
    "CACHE",
    "LOAD_CONST",
    "LOAD_SMALL_INT",
    "POP_TOP",
    "RETURN_VALUE",
    "RETURN_CONST",
    "MAKE_CELL",
    "COPY_FREE_VARS",
    "NOT_TAKEN",
}


def is_empty(attempt) -> bool:
    """Tell whether a function's body does nothing.

    Args:
        attempt: the learner's function.

    Returns:
        True for a body of docstring, `...`, `pass`, `return` or a lone
        `raise NotImplementedError`; False for anything else or where it cannot be seen.
    """
    code = getattr(inspect.unwrap(attempt), "__code__", None)
    if code is None:
        return False
    body = list(dis.get_instructions(code))
    if all(step.opname in QUIET for step in body):
        return True
    return "NotImplementedError" in code.co_names and not any(
        step.opname.startswith(("STORE", "BINARY")) for step in body
    )
