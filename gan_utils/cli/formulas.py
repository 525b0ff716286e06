"""Formulas as MathML, which a browser sets by itself: a page needs no network."""

import re

from gan_utils.cli.mathml import mathml

_PIECES = re.compile(
    r"(?P<code>```.*?```|`[^`\n]*`)|\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$",
    re.DOTALL,
)
_SIZES = re.compile(r"\\[bB]igg?[lrm]?(?=\s*\\[lr])")  # \Big\lfloor: it grows by itself
_MARKUP = re.compile(r"[*_`\[\]\\~|]")  # what Markdown would read inside a formula


def with_mathml(markdown: str) -> str:
    """Return Markdown with its $...$ and $$...$$ as MathML; code stays as it is.

    A formula that cannot be converted stays as TeX, which one can still read.
    """
    return _PIECES.sub(_piece, markdown)


def _piece(match: re.Match) -> str:
    if match["code"]:
        return match[0]
    tex = _SIZES.sub("", match["display"] or match["inline"])
    tex = tex.replace("{aligned}", "{split}")  # the same, and the converter can do it
    try:
        set_ = mathml(tex, display=bool(match["display"]))
    except Exception:  # the converter raises many kinds
        return match[0]
    if "\\" in re.sub(r"<[^>]*>", "", set_):  # a command it did not know
        return match[0]
    return _MARKUP.sub(lambda mark: f"&#{ord(mark[0])};", set_)
