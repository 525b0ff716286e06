"""The sliders that are tried on faces: two ends of one attribute each."""

from typing import NamedTuple

import numpy as np

from gan_utils.data.face_attributes import ATTRIBUTES, NAMES


class Ends(NamedTuple):
    """One attribute, and which of its values lie at a slider's two ends."""

    label: str
    attribute: str
    low: tuple[str, ...]
    high: tuple[str, ...]
    words: tuple[str, str]  # what a reader sees at the two ends

    @property
    def column(self) -> int:
        """Give the attribute's column among labels."""
        return NAMES.index(self.attribute)

    def shows(self, labels: np.ndarray, values: tuple[str, ...]) -> np.ndarray:
        """Tell which rows of labels (n, 12) have one of some values, (n,)."""
        wanted = [ATTRIBUTES[self.attribute].values.index(v) for v in values]
        return np.isin(labels[:, self.column], wanted)

    def score(self, logits: list[np.ndarray]) -> np.ndarray:
        """Compute log-odds (n,) of the high end against the low one.

        Args:
            logits: of each attribute, (n, values).
        """
        return self._evidence(logits, self.high) - self._evidence(logits, self.low)

    def _evidence(self, logits, values) -> np.ndarray:
        own = log_chances(logits[self.column])
        wanted = [ATTRIBUTES[self.attribute].values.index(v) for v in values]
        return np.logaddexp.reduce(own[:, wanted], axis=1)


LEAST = -7.0  # log-chance below which the judge's doubt tells nothing more


def log_chances(logits: np.ndarray) -> np.ndarray:
    """Turn logits (n, values) into log-chances, none below LEAST."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    chances = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.maximum(chances, LEAST)


TRIED = (
    Ends("skin", "skin", ("pale", "light"), ("brown", "dark"), ("pale", "dark")),
    Ends("age", "age", ("child",), ("old",), ("child", "old")),
    Ends("hair length", "style", ("short", "bald"), ("long", "bob"), ("short", "long")),
    Ends("curls", "style", ("short", "long", "bob"), ("curly",), ("straight", "curly")),
    Ends("fair hair", "hair", ("black", "brown"), ("blond", "red"), ("dark", "fair")),
    Ends("grey hair", "hair", ("black", "brown"), ("grey",), ("dark", "grey")),
    Ends("eyes", "eyes", ("open",), ("narrow", "closed"), ("open", "closed")),
    Ends("brows", "brows", ("flat", "frowning"), ("raised",), ("low", "raised")),
    Ends("mouth", "mouth", ("frown", "straight"), ("smile",), ("frown", "smile")),
    Ends("open mouth", "mouth", ("straight", "smile"), ("open",), ("shut", "open")),
    Ends("beard", "beard", ("none",), ("moustache", "full"), ("none", "full")),
    Ends("glasses", "glasses", ("none",), ("round", "square"), ("none", "glasses")),
    Ends("hat", "hat", ("none",), ("cap", "beanie"), ("none", "hat")),
    Ends("freckles", "freckles", ("no",), ("yes",), ("none", "freckles")),
    Ends("background", "background", ("sky",), ("sand",), ("sky", "sand")),
    Ends("other walls", "background", ("mint",), ("lilac",), ("mint", "lilac")),
)
