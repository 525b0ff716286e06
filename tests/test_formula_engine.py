"""The formula framework itself: mutants, displays, and checks that cannot fail."""

import numpy as np
import pytest
from formulas import Formula, mutants
from formulas.displays import canonical, in_markdown
from formulas.each import assert_every_mutant_is_caught
from formulas.mutants import expression_mutants


def make(expression, check, **options):
    """Return a formula that stands in no notebook."""
    return Formula("f", "99", "f", expression, check, **options)


def check_ratio(f):
    assert np.isclose(f(p=0.3, q=0.1), 0.75)


def test_mutants_are_named_from_the_left():
    found = expression_mutants("-a + b - c * (1 - 2)", swaps=(("a", "b"),))
    assert found == {
        "double": "2 * (-a + b - c * (1 - 2))",
        "halve": "(-a + b - c * (1 - 2)) / 2",
        "drop minus 1": "+a + b - c * (1 - 2)",
        "flip + 1": "-a - b - c * (1 - 2)",
        "flip - 1": "-a + b + c * (1 - 2)",
        "constant 1 -> 2 1": "-a + b - c * (2 - 2)",
        "flip - 2": "-a + b - c * (1 + 2)",
        "constant 2 -> 1 1": "-a + b - c * (1 - 1)",
        "swap a b": "-b + a - c * (1 - 2)",
    }


def test_each_expression_of_a_tuple_is_changed_alone():
    found = mutants(make(("a + b", "a - b"), check_ratio))
    assert found["1: flip + 1"] == ("a - b", "a - b")
    assert found["2: double"] == ("a + b", "2 * (a - b)")


def test_a_good_check_is_accepted():
    formula = make("p / (p + q)", check_ratio, swaps=(("p", "q"),))
    formula.verify()
    assert_every_mutant_is_caught(formula)


@pytest.mark.parametrize(
    "check",
    [
        lambda f: None,
        lambda f: f(p=0.3, q=0.1),
        lambda f: f(p=0.3, q=0.1) > 0 or pytest.fail("negative"),
    ],
)
def test_a_check_that_cannot_fail_is_refused(check):
    with pytest.raises(AssertionError, match="lets these mutants pass"):
        assert_every_mutant_is_caught(make("p / (p + q)", check))


def test_a_wrong_list_of_equivalents_is_refused():
    for names in (("swap p r",), ("double",)):
        with pytest.raises(AssertionError):
            assert_every_mutant_is_caught(
                make("p / (p + q)", check_ratio, equivalent=names)
            )


def test_equivalent_mutants_are_excused():
    def check(f):
        assert np.isclose(f(p=0.3, q=0.2), 0.5)

    formula = make("p + q", check, swaps=(("p", "q"),), equivalent=("swap p q",))
    assert_every_mutant_is_caught(formula)


def test_symbols_may_be_functions_and_hide_numpy():
    formula = make("E(log) + e", check_ratio)
    value = formula.evaluate(E=lambda f: f(np.e), e=2.0)
    assert np.isclose(value, 3.0)


def test_displays_are_found_and_code_is_not():
    text = r"""
> Price is \$5. $$a = b.$$
then `$$no$$`
```python
"$$no$$"
```
\begin{align*}c &= d\end{align*} and \[ e \]
$$
f
 = g
$$
"""
    found = [canonical(latex) for latex in in_markdown(text)]
    assert found == ["a=b", "c&=d", "e", "f=g"]
