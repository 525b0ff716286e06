"""From a run to a frame: pictures and measures put together, and said in words."""

from functools import lru_cache

import jax
import numpy as np

from gan_utils import validate
from gan_utils.engine import run
from gan_utils.lab import densities, measures, picture, view
from gan_utils.lab.frame import (
    ARROW_COUNT,
    ARROWS,
    CELLS,
    POINTS,
    REACH,
    Arrows,
    Curves,
    Frame,
    Measure,
)
from gan_utils.lab.loss_readings import reading_of
from gan_utils.lab.structure import Setup
from gan_utils.objectives import optimal_discriminator


@lru_cache(maxsize=8)
def data_of(source) -> measures.Data:
    """Return the numbers of a data set; `source_of` gives one object for one set."""
    return measures.Data(source)


class Camera:
    """Takes frames of one lab, and keeps the slow measures between them."""

    SLOW_EVERY = 8  # frames from one slow measure to the next

    def __init__(self):
        self.kept: dict[str, Measure] = {}
        self.frames = 0

    def forget(self) -> None:
        """Drop the slow measures: they belong to another run."""
        self.kept, self.frames = {}, 0

    def frame(self, lab, arrows: str, thorough: bool) -> Frame:
        """Take a frame of a lab; see `Lab.frame`."""
        validate.one_of(arrows, "arrows", ARROWS)
        setup, dim = lab.setup, lab.setup.source.dim
        data, net = data_of(setup.source), view.net(setup.gan.latent)
        seen = _seen(setup, lab.state)
        q = densities.counted(seen.fake)
        found = self._measures(lab, data, seen.fake, q, thorough)
        best = np.asarray(optimal_discriminator(data.p[:-1], q[:-1]))
        gap = _gap(data.p, q, seen.heat, best)
        modes = getattr(setup.source, "modes", None)
        modes = None if modes is None else (int(seen.modes), len(modes))
        right = (np.mean(seen.on_real > 0.5) + np.mean(seen.on_fake < 0.5)) / 2
        covered = measures.covered(data.p, q)
        shape = net.start.shape[:2]
        square = (CELLS, CELLS)
        return Frame(
            step=lab.now,
            first=lab.first,
            head=lab.head,
            view=(-REACH, REACH, -REACH, REACH),
            real=view.plane(data.real[:POINTS]),
            fake=view.plane(seen.fake[:POINTS]),
            latent=view.in_view(setup.gan.latent),
            manifold=view.plane(seen.manifold).reshape(*shape, 2),
            manifold_start=net.start,
            manifold_mass=net.mass,
            heat=None if dim == 1 else seen.heat.reshape(square),
            best=None if dim == 1 else best.reshape(square).astype("float32"),
            gap=gap if reading_of(setup.gan.loss).comparable else None,
            arrows=_arrows(lab, seen, arrows),
            losses=lab.history,
            divergences=found,
            charts=lab.charts.series(),
            bound=_bound(setup, seen),
            modes=modes,
            covered=covered,
            accuracy=float(right),
            curves=_curves(data.p, q, seen.heat, best) if dim == 1 else None,
            sentence=_sentence(lab.now, modes, covered, found["js"].value, right),
            message=lab.message,
            settings=setup.settings.as_json(),
        )

    def _measures(self, lab, data, fake, q, thorough) -> dict[str, Measure]:
        values = measures.on_cells(data.p, q)
        for _ in range(measures.DRAWS if thorough else 0):
            data.grow()
        due = thorough or self.frames % self.SLOW_EVERY == self.SLOW_EVERY // 2
        self.frames += 1
        if due or not self.kept:
            data.grow()
            slow = measures.on_points(data.real, fake)
            self.kept = {name: (value, lab.now) for name, value in slow.items()}
            values |= slow
        row = [values.get(name, np.nan) for name in lab.charts.names]
        lab.charts.add(lab.now, np.asarray([row]))
        sizes = {"w1": measures.PAIRED, "energy": measures.MET}
        found = {name: (values[name], lab.now) for name in measures.FAST} | self.kept
        return {
            name: Measure(value, *data.band(name), step, sizes.get(name, view.SAMPLE))
            for name, (value, step) in found.items()
        }


def _seen(setup: Setup, state) -> picture.Picture:
    """Take the picture of a state, as NumPy arrays."""
    seen = picture.take(
        setup.gan,
        state,
        view.noise(setup.gan.latent),
        view.net(setup.gan.latent).nodes,
        view.centres(setup.source.dim),
        data_of(setup.source).real[:POINTS],
        setup.source,
    )
    return jax.tree.map(np.asarray, seen)


def _gap(p, q, heat, best) -> float:
    """Average |D - best| over data and fakes, from masses on the cells."""
    weight = (p[:-1] + q[:-1]) / 2
    return float((weight * np.abs(heat - best)).sum() / weight.sum())


def _arrows(lab, seen, kind: str) -> Arrows:
    origin = seen.fake[:ARROW_COUNT]
    if kind == "displacement":
        after, _ = run(lab.setup.gan, lab.state, lab.setup.batches, 1)
        z = view.noise(lab.setup.gan.latent)
        vector = np.asarray(picture.place(lab.setup.gan, after, z))
        vector = np.nan_to_num(vector[:ARROW_COUNT] - origin, posinf=0.0, neginf=0.0)
    else:
        vector = seen.arrows[kind]
    return Arrows(kind, view.plane(origin), view.plane(vector))


def _bound(setup: Setup, seen):
    bound = reading_of(setup.gan.loss).bound
    if bound is None:
        return None
    return bound(float(seen.d_loss), _steepest(seen.scores, setup.source.dim))


def _steepest(scores, dim: int) -> float:
    """Find the steepest slope between the cells of the view."""
    side = densities.cells_on_a_side(dim)
    slopes = np.gradient(scores.reshape((side,) * dim), densities.width(dim))
    slopes = slopes if dim == 2 else [slopes]
    return float(np.sqrt(sum(s**2 for s in slopes)).max())


def _curves(p, q, heat, best) -> Curves:
    x, h = view.centres(1)[:, 0], densities.width(1)
    arrays = (x, p[:-1] / h, q[:-1] / h, heat, best)
    return Curves(*[np.asarray(a, "float32") for a in arrays])


def _sentence(step, modes, covered, js, right) -> str:
    found = f"covers {100 * covered:.0f} % of the data"
    if modes is not None:
        found = f"{modes[0]} of {modes[1]} modes"
    return (
        f"step {step:,}: {found}, JS {js:.2f}, discriminator right {100 * right:.0f} % "
        "of the time"
    )
