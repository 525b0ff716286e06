"""Generators that run in a page, with no kernel and no network: make a face, morph it.

`write` makes the files that a site's pages share, `fragment` the HTML of an explorer.
"""

from gan_utils.explorers.site import NAMES, fragment, page, write

__all__ = ["NAMES", "fragment", "page", "write"]
