"""A displayed formula, its Python twin, and the check that ties it to the truth."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BARE = {  # functions an expression may use by bare name
    **{name: getattr(np, name) for name in dir(np) if not name.startswith("_")},
    "abs": np.abs,
    "min": np.min,
    "max": np.max,
    "sum": np.sum,
    "factorial": math.factorial,
}


@dataclass(frozen=True)
class Formula:
    """One displayed formula.

    Attributes:
        name: what the test is called.
        notebook: two digits.
        latex: the display, exactly; white space and a final full stop are ignored.
        expression: Python in the formula's symbols, or a tuple of expressions.
        check: takes f (or a tuple of functions) and raises AssertionError when f is
            wrong; f(**symbols) evaluates the expression. It must compare with an
            independent computation.
        swaps: pairs of names whose exchange the check must notice.
        equivalent: names of mutants that mean the same as the formula.
    """

    name: str
    notebook: str
    latex: str
    expression: str | tuple[str, ...]
    check: Callable
    swaps: tuple[tuple[str, str], ...] = ()
    equivalent: tuple[str, ...] = ()

    @property
    def expressions(self) -> tuple[str, ...]:
        """The expressions as a tuple, also when there is one."""
        alone = isinstance(self.expression, str)
        return (self.expression,) if alone else tuple(self.expression)

    def evaluate(self, **symbols):
        """Evaluate the first expression."""
        return evaluator(self.expressions[0])(**symbols)

    def verify(self, expressions: tuple[str, ...] | None = None) -> None:
        """Run the check on the formula, or on expressions that stand in for it.

        Raises:
            AssertionError: if the check finds the expressions wrong.
        """
        functions = tuple(evaluator(text) for text in expressions or self.expressions)
        with np.errstate(all="ignore"):
            self.check(functions[0] if isinstance(self.expression, str) else functions)


def evaluator(expression: str) -> Callable:
    """Turn an expression into a function of its symbols.

    Args:
        expression: Python; numpy's functions are known by bare name.

    Returns:
        Function of keyword arguments; a symbol hides a numpy function of its name.
    """
    code = compile(expression, f"<{expression}>", "eval")

    def f(**symbols):
        try:
            return eval(code, {**BARE, **symbols})
        except Exception as error:  # a formula that cannot be evaluated is wrong
            raise AssertionError(f"{expression}: {error!r}") from error

    return f
