"""How far a long computation is: a bar, or a line now and then in a log."""

import sys

from tqdm.auto import tqdm
from tqdm.std import tqdm as plain

SECONDS = 30  # between two lines


class Lines(plain):
    """The bar's text as a line, for an output that cannot move its cursor."""

    @staticmethod
    def status_printer(file):
        """Return what prints a text; a bar would begin it with a carriage return."""
        return lambda text: text and print(text, file=file, flush=True)

    def reset(self, total=None):
        """Count from 0 again, as pooch does at the end; no line for that."""
        self.n = self.last_print_n = 0
        self.total = self.total if total is None else total

    def close(self):
        """Print the last state; nothing is cleared."""
        if self.disable:
            return
        if self.n > self.last_print_n:
            self.refresh()
        self.disable = True
        self._decr_instances(self)


def bar(**options):
    """Make a tqdm bar; where the output is no terminal, lines half a minute apart.

    Args:
        options: those of tqdm.
    """
    if _is_live():
        return tqdm(**options)
    return Lines(**options, mininterval=SECONDS, miniters=1, ncols=0)


def _is_live() -> bool:
    """Tell whether a bar can move here: in a terminal or in a notebook."""
    ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(ipython, "kernel") or (sys.stderr and sys.stderr.isatty())
