"""The list of the course's widgets, which the tests drive from end to end."""

from collections.abc import Callable

_WIDGETS: dict[str, Callable] = {}


def registered(make: Callable) -> Callable:
    """Enter a function that returns an Explorer in the list of widgets.

    Args:
        make: function that works without arguments.

    Returns:
        The function itself.
    """
    _WIDGETS[make.__name__] = make
    return make


def registry() -> dict[str, Callable]:
    """Return the registered functions by name."""
    return dict(_WIDGETS)
