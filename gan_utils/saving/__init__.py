"""Saving: what a run leaves on disk, and how it goes on from there.

checkpoints   where a run starts; save, restore, and what is damaged set aside
contents      what a checkpoint says of itself, and what does not fit it
leaves        a state as named plain arrays
made_with     the data, batches and switches that a run was made with
store         Orbax, without its noise
"""

from gan_utils.saving.checkpoints import Damaged, restore, save

__all__ = ["Damaged", "restore", "save"]
