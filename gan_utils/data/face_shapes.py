"""Signed distances of simple shapes: below 0 inside, above 0 outside, 0 on the edge.

Every function takes coordinates x and y of pixels, of any equal shapes, and gives
distances of that shape in the same units. A face is at most 2 by 2 units: x runs from
-1 at the left to 1 at the right, y from -1 at the top to 1 at the bottom.
"""

import jax.numpy as jnp


def ellipse(x, y, width, height):
    """Measure the distance from an ellipse with these half axes, nearly exactly."""
    near = jnp.hypot(x / width, y / height) + 1e-6
    slope = jnp.hypot(x / width**2, y / height**2) + 1e-6
    return near * (near - 1) / slope


def box(x, y, width, height, corner=0.0):
    """Measure the distance from a box of these half sides with round corners."""
    across, down = jnp.abs(x) - width + corner, jnp.abs(y) - height + corner
    outside = jnp.hypot(jnp.maximum(across, 0), jnp.maximum(down, 0))
    return outside + jnp.minimum(jnp.maximum(across, down), 0) - corner


def bow(x, y, width, bend, thickness):
    """Measure the distance from a bent stroke; its middle is lower for bend > 0."""
    along = jnp.clip(x, -width, width)
    height = bend * (1 - (along / width) ** 2)
    return jnp.hypot(x - along, y - height) - thickness


def segment(x, y, x1, y1, thickness):
    """Measure the distance from a straight stroke from the origin to (x1, y1)."""
    along = jnp.clip((x * x1 + y * y1) / (x1**2 + y1**2), 0, 1)
    return jnp.hypot(x - along * x1, y - along * y1) - thickness


def ring(x, y, radius, thickness):
    """Measure the distance from a circle that is drawn with a pen."""
    return jnp.abs(jnp.hypot(x, y) - radius) - thickness


def union(*distances):
    """Join shapes."""
    return _all(jnp.minimum, distances)


def common(*distances):
    """Keep what is inside all shapes."""
    return _all(jnp.maximum, distances)


def _all(choose, distances):
    first, *rest = distances
    for distance in rest:
        first = choose(first, distance)
    return first
