"""What a reader sees of a live figure on the next day, when its kernel has gone."""

import importlib
from functools import cache

from gan_utils.widgets import scripts


@cache
def keep_pictures():
    """Let JupyterLab and Notebook 7 save a picture with every live view, once a kernel.

    A saved notebook names the view's model, which ends with the kernel; they would show
    "Error displaying widget: model not found" and not the picture in the same output.
    Other front ends ignore this: Colab saves the state of every widget, VS Code falls
    back to the picture.

    Returns:
        The widget that does so, nothing to see; None where anywidget is not installed.
    """
    try:
        anywidget = importlib.import_module("anywidget")
    except ImportError:
        return None
    html = importlib.import_module("ipywidgets").HTML  # the saved picture is one
    traitlets = importlib.import_module("traitlets")

    class Keeper(anywidget.AnyWidget):
        """The model behind `javascript/src/keep_pictures.js`; it has no view."""

        _esm = scripts.bundle(scripts.KEEPER)
        version = traitlets.Unicode(
            html.class_traits()["_model_module_version"].default_value
        ).tag(sync=True)

    return Keeper()
