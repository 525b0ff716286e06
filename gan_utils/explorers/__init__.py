"""What runs in a page with no kernel and no network: generators, fields, a game.

`write` makes the files that a site's pages share, `fragment` the HTML of a generator's
explorer, `field` and `game` that of a face that a notebook shows with a kernel.
"""

from gan_utils.explorers.site import NAMES, field, fragment, game, page, write

__all__ = ["NAMES", "field", "fragment", "game", "page", "write"]
