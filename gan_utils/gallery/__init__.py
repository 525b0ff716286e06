"""The learner's own generator of faces, kept from notebook to notebook.

A gallery is a folder: the best networks so far, a sheet of what they draw, and a list
of scores. `start` gives the networks to go on with, `keep` scores new ones and hangs
them up if they are better, `scoreboard` shows how far it has come.
"""

from gan_utils.gallery.hanging import keep, scoreboard, start
from gan_utils.gallery.scores import Score

__all__ = ["Score", "keep", "scoreboard", "start"]
