"""Controls of a slider figure: sliders, menus, checkboxes, each its own ipywidget."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gan_utils.widgets.slider_control import slider

__all__ = ["choice", "slider", "toggle"]


@dataclass(frozen=True)
class Choice:
    """One of several options."""

    options: dict  # label -> value
    value: Any
    label: str | None = None

    def check(self, name: str, value):
        """Return the value, or raise ValueError if it is no option."""
        if not any(value is one or value == one for one in self.options.values()):
            raise ValueError(
                f"{name} is {value!r}; expected one of {list(self.options.values())}."
            )
        return value

    def sweep(self) -> list:
        """Return every option."""
        return list(self.options.values())

    def build(self, name: str, widgets):
        """Return (control, widget to show) from the ipywidgets module."""
        control = widgets.Dropdown(
            options=list(self.options.items()),
            value=self.value,
            description=self.label or name,
            style={"description_width": "initial"},
        )
        return control, control


@dataclass(frozen=True)
class Toggle:
    """On or off."""

    value: bool
    label: str | None = None

    def check(self, name: str, value):
        """Return the value as a bool."""
        return bool(value)

    def sweep(self) -> list:
        """Return both positions."""
        return [False, True]

    def build(self, name: str, widgets):
        """Return (control, widget to show) from the ipywidgets module."""
        control = widgets.Checkbox(
            value=self.value, description=self.label or name, indent=False
        )
        return control, control


def choice(options, value=None, label=None) -> Choice:
    """Describe a menu.

    Args:
        options: list of values, or dict of label -> value.
        value: the value it starts with; default the first.
        label: text beside it; default the argument's name.

    Returns:
        The control, for `explore`.

    Raises:
        ValueError: if value is not one of the options.
    """
    if isinstance(options, str) or not isinstance(options, Iterable):
        raise ValueError(
            f"options is {options!r}; expected a list of values, or a dictionary of "
            "label -> value. Likely cause: one value alone; write [value]."
        )
    if not isinstance(options, dict):
        options = {str(option): option for option in options}
    if not options:
        raise ValueError("options is empty; expected at least one.")
    value = next(iter(options.values())) if value is None else value
    control = Choice(options, value, label)
    control.check("value", value)
    return control


def toggle(value=False, label=None) -> Toggle:
    """Describe a checkbox.

    Args:
        value: whether it starts ticked.
        label: text beside it; default the argument's name.

    Returns:
        The control, for `explore`.

    Raises:
        ValueError: if value is neither True nor False.
    """
    if not isinstance(value, bool):
        raise ValueError(f"value is {value!r}; expected True or False.")
    return Toggle(value, label)
