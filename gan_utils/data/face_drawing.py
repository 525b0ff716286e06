"""The drawing of one face: shapes painted one over the other, back to front."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.data.face_attributes import NAMES, label
from gan_utils.data.face_shapes import (
    bow,
    box,
    common,
    ellipse,
    ring,
    segment,
    union,
)

EDGE = 1.5  # width in pixels over which a shape fades out
ZOOM = 0.85  # half of the picture, in the units of the shapes


def _colours(*hexadecimal) -> np.ndarray:
    """Read colours such as "ffd8b8" as (n, 3) numbers from 0 to 1."""
    return np.array([list(bytes.fromhex(c)) for c in hexadecimal], "float32") / 255


SKIN = _colours("ffe0cc", "f3c39c", "d9a878", "b98050", "8f5e3c", "62402c")
HAIR = _colours("1d1a1f", "6b4226", "e3bb58", "b8461e", "b4b6c0", "2f6fe0")
BACKGROUND = _colours("a9d3f2", "f4dfb0", "b5e2c2", "dcc4ec", "2c3654")
HAT = _colours("ffffff", "c8323c", "2d7d6a", "f2c22e")
RED, WHITE, INK, IRIS = _colours("b03040", "fbfbf8", "20202a", "4a3424")
FRAME, PATCH = _colours("26282f", "17171c")
SHIRT = _colours("3b5b92", "7c4a6b", "4d7a5a", "a55a3a")


class Canvas:
    """Paper of size x size pixels: the colours, and beside them the lines."""

    def __init__(self, size: int, colour):
        middle = ZOOM * ((jnp.arange(size, dtype="float32") + 0.5) * (2 / size) - 1)
        self.x, self.y = jnp.meshgrid(middle, middle)
        self.edge = EDGE * ZOOM * 2 / size
        self.paper = jnp.broadcast_to(jnp.reshape(colour, (1, 1, 3)), (size, size, 3))
        self.lines = jnp.zeros((size, size))

    def paint(self, distance, colour, shown=1.0, line=True):
        """Paint a shape over what is there.

        Args:
            distance: signed distances (size, size) from the shape.
            colour: (3,) from 0 to 1.
            shown: 1 to paint it, 0 to leave it out, or between for a glaze.
            line: whether the line drawing shows its outline.
        """
        inside = jnp.clip(0.5 - distance / self.edge, 0, 1) * shown
        self.paper += inside[..., None] * (jnp.reshape(colour, (1, 1, 3)) - self.paper)
        if line:
            outline = jnp.clip(1 - jnp.abs(distance) / self.edge, 0, 1) * shown
            self.lines = jnp.maximum(self.lines * (1 - inside), outline)


def draw(size: int, labels: jax.Array, key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Draw one face.

    Args:
        size: pixels in a row, and rows.
        labels: (12,) int32, in the order of `face_attributes.NAMES`.
        key: PRNG key of all that has no name: where the head is, how wide, the gaze.

    Returns:
        The painting (size, size, 3) and its lines (size, size, 1), from 0 to 1.
    """
    face = Face(size, labels, key)
    for part in (
        face.hair_behind,
        face.shoulders,
        face.head,
        face.age_and_freckles,
        face.beard,
        face.nose_and_mouth,
        face.hair_in_front,
        face.brows,
        face.eyes,
        face.glasses,
        face.hat,
    ):
        part()
    return face.canvas.paper, face.canvas.lines[..., None]


class Face:
    """One face in work: its labels, its measures, and the canvas it is painted on."""

    def __init__(self, size, labels, key):
        self.labels = dict(zip(NAMES, labels, strict=True))
        u = jax.random.uniform(key, (12,), "float32", -1.0, 1.0)
        child = self.has("age", "child")
        light = 1 + 0.08 * u[0]
        self.skin = self._colour(SKIN, "skin") * light
        self.shade = self.skin * 0.8
        self.hair = self._colour(HAIR, "hair") * (1 + 0.1 * u[1])
        self.shirt = jnp.asarray(SHIRT)[jnp.floor((u[2] + 1) * 2).astype(int)] * (
            1 + 0.1 * u[3]
        )
        self.middle = 0.04 * u[4], 0.06 + 0.03 * u[5] + 0.06 * child
        self.wide = 0.47 + 0.03 * u[6]
        self.high = 0.58 + 0.03 * u[7] - 0.08 * child
        self.apart = 0.2 + 0.02 * u[8]
        self.gaze = 0.03 * u[9], 0.015 * u[10]
        self.eye = 0.095 + 0.03 * child
        self.brow_height = 0.012 * u[11]
        self.canvas = Canvas(size, self._colour(BACKGROUND, "background"))
        self.x = self.canvas.x - self.middle[0]
        self.y = self.canvas.y - self.middle[1]
        self.skull = ellipse(self.x, self.y, self.wide, self.high)

    def _colour(self, colours, name):
        return jnp.asarray(colours)[self.labels[name]]

    def has(self, name: str, *values: str):
        """Give 1 where the attribute has one of these values, and 0 elsewhere."""
        wanted = [label(name, value) for value in values]
        return jnp.isin(self.labels[name], jnp.array(wanted)).astype("float32")

    def hair_behind(self):
        """Paint the hair that the head hides in part: long, bob, curly."""
        x, y, paint = self.x, self.y, self.canvas.paint
        long = union(
            ellipse(x, y + 0.06, self.wide + 0.2, self.high + 0.16),
            box(x, y - 0.4, self.wide + 0.2, 0.52, 0.16),
        )
        paint(long, self.hair, self.has("style", "long"))
        bob = union(
            ellipse(x, y + 0.1, self.wide + 0.16, self.high + 0.1),
            box(x, y - 0.14, self.wide + 0.2, 0.34, 0.14),
        )
        paint(bob, self.hair, self.has("style", "bob"))
        paint(self._curls(x, y + 0.22, 0.62), self.hair, self.has("style", "curly"))

    def _curls(self, x, y, radius):
        """Measure the distance from a round head of curls with a wavy edge."""
        wave = 0.035 * jnp.cos(11 * jnp.arctan2(y, x))
        return jnp.hypot(x, y * 1.05) - radius - wave

    def shoulders(self):
        """Paint the neck and the shirt."""
        x, y, paint = self.x, self.y, self.canvas.paint
        paint(box(x, y - 0.62, 0.16, 0.24, 0.05), self.shade)
        paint(ellipse(x, y - 1.12, 0.74, 0.42), self.shirt)
        paint(ellipse(x, y - 0.74, 0.19, 0.1), self.shade)

    def head(self):
        """Paint the ears and the head, with a darker rim against pale backgrounds."""
        x, y, paint = self.x, self.y, self.canvas.paint
        side = jnp.abs(x) - self.wide
        paint(ellipse(side, y - 0.03, 0.09, 0.13), self.shade)
        paint(self.skull, self.shade)
        paint(self.skull + 0.035, self.skin, line=False)
        cheeks = ellipse(jnp.abs(x) - 0.28, y - 0.2, 0.1, 0.07)
        paint(cheeks, self.skin * 0.7 + 0.3 * RED, 0.35, line=False)

    def age_and_freckles(self):
        """Paint the lines of age, and freckles."""
        x, y, paint = self.x, self.y, self.canvas.paint
        old, wrinkle = self.has("age", "old"), self.skin * 0.5
        paint(bow(x, y + 0.31, 0.2, -0.03, 0.014), wrinkle, old)
        fold = bow(y - 0.3, jnp.abs(x) - 0.24, 0.1, 0.05, 0.016)
        paint(fold, wrinkle, old)
        bags = bow(jnp.abs(x) - self.apart, y - 0.11, 0.08, 0.03, 0.012)
        paint(bags, wrinkle, old)
        spots = jnp.stack(
            [
                jnp.hypot(jnp.abs(x) - across, y - down)
                for across, down in (
                    (0.2, 0.17),
                    (0.28, 0.22),
                    (0.34, 0.15),
                    (0.1, 0.2),
                )
            ]
        ).min(0)
        paint(spots - 0.028, self.skin * 0.45, self.has("freckles", "yes"))

    def beard(self):
        """Paint the moustache, and the beard around the mouth."""
        x, y, paint = self.x, self.y, self.canvas.paint
        chin = common(ellipse(x, y, self.wide + 0.04, self.high + 0.07), 0.16 - y)
        cheeks = ellipse(x, y - 0.04, self.wide - 0.1, 0.24)
        paint(common(chin, -cheeks), self.hair, self.has("beard", "full"))
        lip = bow(x, y - 0.31, 0.19, -0.07, 0.056)
        paint(lip, self.hair, self.has("beard", "moustache", "full"))

    def nose_and_mouth(self):
        """Paint the nose and the mouth."""
        x, y, paint = self.x, self.y, self.canvas.paint
        paint(bow(x, y - 0.17, 0.055, 0.035, 0.022), self.skin * 0.68)
        y = y - 0.38
        smile = common(ellipse(x, y + 0.06, 0.18, 0.14), -0.02 - y)
        paint(smile, RED, self.has("mouth", "smile"))
        paint(bow(x, y, 0.15, 0.0, 0.028), RED, self.has("mouth", "straight"))
        paint(bow(x, y + 0.02, 0.15, -0.1, 0.03), RED, self.has("mouth", "frown"))
        opened = self.has("mouth", "open")
        paint(ellipse(x, y, 0.1, 0.1), RED, opened)
        paint(ellipse(x, y, 0.065, 0.065), INK, opened)

    def hair_in_front(self):
        """Paint the hair that hides the forehead."""
        x, y, paint = self.x, self.y, self.canvas.paint
        cap = ellipse(x, y + 0.04, self.wide + 0.06, self.high + 0.07)
        short = common(cap, y + 0.37 + 0.12 * x)
        sides = common(cap, jnp.abs(y + 0.27) - 0.25, self.wide - 0.07 - jnp.abs(x))
        paint(union(short, sides), self.hair, self.has("style", "short"))
        parted = common(cap, y + 0.52 - 2.4 * (x + 0.1) ** 2)
        paint(parted, self.hair, self.has("style", "long"))
        fringe = common(cap, y + 0.36 - 0.02 * jnp.cos(30 * x))
        paint(fringe, self.hair, self.has("style", "bob"))
        curls = common(self._curls(x, y + 0.22, 0.6), y + 0.38 + 0.03 * jnp.cos(18 * x))
        paint(curls, self.hair, self.has("style", "curly"))

    def brows(self):
        """Paint the brows, in the colour of the hair."""
        lift = 0.09 * self.has("brows", "raised")
        side = jnp.abs(self.x) - self.apart
        tilt = 0.65 * self.has("brows", "frowning")
        y = self.y + 0.16 + lift + self.brow_height + tilt * side
        bend = -0.08 * self.has("brows", "raised")
        self.canvas.paint(bow(side, y, 0.11, bend, 0.034), self._brow())

    def _brow(self):
        """Take the hair's colour, darker or lighter: whichever stands out more."""
        dark, light = 0.45 * self.hair, 1.15 * self.hair
        farther = abs(dark - self.skin).sum() > abs(light - self.skin).sum()
        return jnp.where(farther, dark, light)

    def eyes(self):
        """Paint the eyes: open, narrow, or closed as in a smile."""
        paint = self.canvas.paint
        x, y = jnp.abs(self.x) - self.apart, self.y
        narrow, closed = self.has("eyes", "narrow"), self.has("eyes", "closed")
        lids = ellipse(x, y, self.eye * 1.15, self.eye * (1 - 0.5 * narrow))
        paint(lids, WHITE, 1 - closed)
        gaze_x = jnp.where(self.x < 0, -1, 1) * x - self.gaze[0]
        pupil = common(jnp.hypot(gaze_x, y - self.gaze[1]) - 0.62 * self.eye, lids)
        paint(pupil, IRIS, 1 - closed, line=False)
        paint(pupil + 0.25 * self.eye, INK, 1 - closed)
        paint(bow(x, y, self.eye, -0.05, 0.022), INK, closed)

    def glasses(self):
        """Paint glasses, or the patch of a pirate over one eye."""
        paint, side = self.canvas.paint, jnp.abs(self.x) - self.apart
        bridge = box(self.x, self.y, self.apart - 0.13, 0.018)
        temple = box(jnp.abs(self.x) - 0.42, self.y, 0.07, 0.018)
        between = union(bridge, temple)
        round_ = union(ring(side, self.y, 0.15, 0.02), between)
        paint(round_, FRAME, self.has("glasses", "round"))
        outer = box(side, self.y - 0.01, 0.17, 0.13, 0.03)
        square = union(jnp.abs(outer + 0.03) - 0.032, between)
        paint(square, FRAME, self.has("glasses", "square"))
        patch = self.has("glasses", "patch")
        x = self.x - self.apart
        paint(segment(x, self.y, -0.7, -0.42, 0.02), PATCH, patch)
        paint(common(segment(x, self.y, 0.3, 0.05, 0.02), self.skull), PATCH, patch)
        paint(ellipse(x, self.y - 0.01, 0.15, 0.14), PATCH, patch)

    def hat(self):
        """Paint a cap with its peak, a beanie with its bobble, or a crown."""
        x, y, paint = self.x, self.y, self.canvas.paint
        wide, top = self.wide + 0.1, self.high + 0.12
        dome = common(ellipse(x, y, wide, top), y + 0.34)
        cap, beanie, crown = (
            self.has("hat", value) for value in ("cap", "beanie", "crown")
        )
        red, green, gold = HAT[1:]
        paint(dome, red, cap)
        paint(box(x - 0.16, y + 0.34, wide + 0.1, 0.055, 0.05), red * 0.75, cap)
        paint(dome, green, beanie)
        paint(box(x, y + 0.36, wide + 0.02, 0.085, 0.05), green * 0.7, beanie)
        paint(jnp.hypot(x, y + top) - 0.11, WHITE, beanie)
        teeth = 0.5 * jnp.abs(jnp.mod(x / 0.3, 1.0) - 0.5)
        spikes = common(box(x, y + 0.54, wide - 0.08, 0.24), -(y + 0.74 - teeth))
        paint(spikes, gold, crown)
