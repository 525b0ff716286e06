"""Figures: size, alt text, styles, and what the generic ones say."""

import base64
import io
import sys

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from gan_utils import data, plots
from gan_utils.plots.dark import darkened

LIMIT = 40_000


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def projector():
    plots.use("projector")
    yield
    plots.use("notebook")


def critic(x):
    """A critic with fine structure."""
    return np.sin(5 * x[:, 0]) * np.cos(4 * x[:, 1])


def worst_cases(rng):
    """Figures that are hard to compress."""
    dense, axes = plots.figure(2, 4, alt="Eight dense scatters.")
    for panel in axes.ravel():
        panel.scatter(*rng.normal(size=(2, 5000)), s=4, c=rng.uniform(size=5000))
    heat, axes = plots.figure(2, 2, size=(9, 8), alt="Four maps of noise.")
    for panel in axes.ravel():
        panel.imshow(rng.normal(size=(300, 300)), cmap=plots.SEQUENTIAL)
    noisy = rng.normal(size=(4000, 12))
    return {
        "dense": dense,
        "heat": heat,
        "points": plots.points(*rng.normal(size=(2, 9000, 2)), critic=critic),
        "noise": plots.sheet(rng.uniform(-1, 1, (100, 32, 32, 3)), columns=10),
        "curves": plots.curves(dict.fromkeys(("d_loss", "g_loss"), noisy), ["d_loss"]),
        "time": plots.samples_over_time(list(rng.normal(size=(10, 900, 2))), range(10)),
    }


def test_every_picture_is_small_even_the_worst(rng):
    for name, figure in worst_cases(rng).items():
        data = figure.png()
        picture = Image.open(io.BytesIO(data))
        assert len(data) <= LIMIT, name
        assert picture.mode == "P" and picture.width >= 250, (name, picture.size)


def test_a_figure_that_stays_too_large_says_at_what_resolution(monkeypatch):
    figure, _ = plots.figure(alt="Nothing fits.")
    drawn, draw = [], figure._draw
    monkeypatch.setattr(figure, "_draw", lambda dpi: drawn.append(dpi) or draw(dpi))
    module = sys.modules[plots.Figure.__module__]  # `plots.figure` is a function
    monkeypatch.setattr(module, "_encode", lambda *_: bytes(LIMIT + 5000))
    with pytest.raises(ValueError, match="takes 45000 bytes") as caught:
        figure.png()
    assert f"at {drawn[-1]:.0f} dots per inch" in str(caught.value)


def test_a_figure_shows_itself_with_its_alt_text():
    figure, axes = plots.figure(alt="A line from 0 to 1.")
    axes.plot([0, 1])
    data, metadata = figure._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == "A line from 0 to 1."
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_a_figure_keeps_its_titles_beside_its_alt_text():
    figure, axes = plots.figure(1, 2, alt="Two panels.")
    axes[0].set_title("Left", loc="left")
    axes[1].set_title("It falls\nand falls")
    figure.suptitle("One rises")
    _, metadata = figure._repr_mimebundle_()
    assert metadata["image/png"]["title"] == "One rises; Left; It falls and falls"


def test_a_figure_without_alt_text_is_refused():
    figure, _ = plots.figure()
    with pytest.raises(ValueError, match="alt text"):
        figure._repr_mimebundle_()
    with pytest.raises(ValueError, match="alt is empty"):
        plots.describe(figure, "  ")


def test_pictures_are_the_same_every_time(rng):
    x = rng.normal(size=(50, 2))
    assert plots.points(x).png() == plots.points(x).png()


def test_a_picture_is_drawn_anew_after_a_change(rng):
    figure = plots.points(rng.normal(size=(50, 2)))
    before = figure.png()
    assert figure.png() is before
    figure.axes[0].plot([0, 1], [0, 1])
    assert figure.png() != before


def test_the_projector_has_no_small_text(projector, rng):
    figure = plots.points(*rng.normal(size=(2, 50, 2)), title="Points")
    figure.axes[0].legend(fontsize=4)
    figure.axes[0].text(0, 0, "small", fontsize=5)
    figure.axes[0].minorticks_on()
    figure.png()
    sizes = [text.get_size() for text in figure.findobj(Text) if text.get_text()]
    assert sizes and min(sizes) >= 18


def test_the_style_can_be_chosen_by_name_only():
    with pytest.raises(ValueError, match="notebook"):
        plots.use("poster")


@pytest.fixture
def dark():
    plots.use(theme="dark")
    yield
    plots.use(theme="light")


def shown(figure):
    return np.asarray(Image.open(io.BytesIO(figure.png())).convert("RGB")).astype(int)


def test_a_dark_theme_is_no_size():
    with pytest.raises(ValueError, match="Did you mean theme='dark'"):
        plots.use("dark")
    with pytest.raises(ValueError, match="sepia"):
        plots.use(theme="sepia")


def test_on_a_dark_page_ink_is_light_and_pictures_are_no_negatives(dark):
    figure, (left, right) = plots.figure(1, 2, alt="A picture, and a map of one value.")
    left.imshow(np.full((8, 8, 3), [255, 255, 255], "uint8"))
    right.imshow(np.zeros((8, 8)), cmap=plots.DIVERGING, vmin=-1, vmax=1)
    pixels = shown(figure)
    height, width = pixels.shape[:2]
    assert pixels[2, 2].max() < 40  # the page
    assert pixels[height // 2, width // 4].min() > 240  # the picture, as it was
    assert pixels[height // 2, 3 * width // 4].max() < 60  # the map's middle is page


def test_every_hue_is_readable_on_a_dark_page():
    names = (plots.REAL, plots.FAKE, plots.CRITIC, plots.MUTED, "#A3427E", "#000000")
    split = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (*names, "#FFFFFF")]
    *inks, page = darkened(np.array([split], "uint8"), [])[0]
    dark = 0.05 + luminance("#{:02x}{:02x}{:02x}".format(*page))
    for name, ink in zip(names, inks, strict=True):
        light = 0.05 + luminance("#{:02x}{:02x}{:02x}".format(*ink))
        assert light / dark >= 4.5, name


def luminance(colour):
    """Relative luminance of a hex colour (WCAG 2)."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_colours_stand_out_from_white():
    for colour in (plots.REAL, plots.FAKE, plots.CRITIC, plots.MUTED):
        assert 1.05 / (luminance(colour) + 0.05) >= 3.0, colour


def test_points_says_where_the_clouds_are():
    real = np.array([[0.0, 0.0], [2.0, 0.0]])
    alt = plots.points(real, real + np.array([0.0, 1.0]), critic=lambda x: x[:, 1]).alt
    assert "2 data points around (1.00, 0.00)" in alt
    assert "2 generated points around (1.00, 1.00)" in alt
    assert "mean logit 1.00" in alt
    assert "1.00 from generated to data, 1.00 from data to generated" in alt


def test_distances_are_those_of_all_points(rng):
    real = np.concatenate([np.zeros((500, 2)), [[10.0, 0.0]]])
    fake = np.concatenate([np.ones((500, 2)), [[10.0, 1.0]]])
    gaps = np.linalg.norm(real[:, None] - fake, axis=-1)
    alt = plots.points(real, fake).alt
    assert f"{gaps.min(0).mean():.2f} from generated to data" in alt
    assert f"{gaps.min(1).mean():.2f} from data to generated" in alt
    alt = plots.points(real[::-1], fake[::-1]).alt
    assert f"{gaps.min(0).mean():.2f} from generated to data" in alt


def test_samples_over_time_describes_every_panel(rng):
    real = rng.normal(size=(20, 2))
    alt = plots.samples_over_time([real + 5, real], [0, 100], real).alt
    assert alt.startswith("2 panels of samples") and "step 100: spread" in alt
    assert alt.endswith(
        "nearest datum 0.00 away on average, nearest sample to a datum 0.00."
    )
    figure = plots.samples_over_time([real], [0], title="The fakes close in")
    assert figure.get_suptitle() == "The fakes close in"
    with pytest.raises(ValueError, match="expected"):
        plots.samples_over_time([real], [0, 1])


def test_a_mixture_says_which_modes_the_samples_reach():
    ring = data.ring(4, 1.0, 0.05)
    fake = np.array([[1.0, 0.0], [1.0, 0.1], [1.0, 0.2], [0.0, 1.0]], "float32")
    told = "2 of 4 modes, 75% within three widths of one"
    assert told in plots.points(fake, fake, mixture=ring).alt
    assert told in plots.samples_over_time([fake], [0], mixture=ring).alt
    assert "modes" not in plots.points(fake, fake).alt


def test_curves_give_start_and_end_and_ensembles_their_median():
    steps = np.arange(1000.0)
    history = {"d_loss": steps, "g_loss": steps[:, None] * [1.0, 1.0, 50.0]}
    alt = plots.curves(history, [("d_loss", "g_loss")]).alt
    assert "Discriminator's loss goes from 49.5 to 950" in alt
    assert "Generator's loss (median of 3 runs) goes from 49.5 to 950" in alt
    assert alt.count("by step 999.") == 2


def test_curves_of_no_steps_and_unknown_names():
    assert "no steps yet" in plots.curves({"d_loss": []}, ["d_loss"]).alt
    with pytest.raises(ValueError, match="no 'loss'"):
        plots.curves({"d_loss": [1.0]}, ["loss"])


@pytest.mark.parametrize("panels", ["d_loss", [], [()]])
def test_curves_refuse_panels_without_names(panels):
    with pytest.raises(ValueError, match="expected for each panel the names"):
        plots.curves({"d_loss": [1.0]}, panels)


def test_panels_of_curves_are_named_after_what_they_show():
    history = {name: [1.0] for name in ("d_real", "g_grad_norm", "steepest_loss")}
    titles = [axes.get_title() for axes in plots.curves(history, history).axes]
    assert titles == ["logits", "gradient norms", ""]


def test_lines_without_labels_have_a_description_all_the_same():
    assert plots.lines([0, 1], {"f": [1, 2]}).alt.startswith("Values. f: 1 at 0")
    alt = plots.lines([0, 1], {"f": [1, 2]}, ylabel="loss", xlabel="logit").alt
    assert alt.startswith("loss against logit. f: ")


def test_sheet_and_film_describe_their_images(rng):
    images = np.zeros((10, 8, 8, 1), "float32")
    assert (
        "10 digits of 8 x 8 pixels, mean pixel 0.00"
        in plots.sheet(images, what="digits").alt
    )
    alt = plots.film([images, images + 0.5], [0, 50], columns=4).alt
    assert "2 rows from step 0 to step 50" in alt and "differ by 0.50" in alt
    with pytest.raises(ValueError, match="images"):
        plots.sheet(rng.normal(size=(10, 8, 8)))


@pytest.mark.parametrize("steps", [[0, 50], [0, "1000/2000"], [0, "120000/200000"]])
def test_the_labels_of_a_film_keep_clear_of_its_edge(steps):
    images = np.zeros((8, 28, 28, 1), "float32")
    film = plots.film([images, images], steps)
    film.png()
    for label in film.axes[0].get_yticklabels():
        assert label.get_window_extent().x0 >= 0.1 * film.dpi  # a tenth of an inch


def test_histograms_name_what_is_missing():
    alt = plots.histograms([0, 0, 1, 2], [0, 0, 1, 1]).alt
    assert "total variation 0.250" in alt and "Missing from generated: 2" in alt
    assert "mean 0.50" in plots.histograms([0.0, 1.0], [0.5, 0.6]).alt


def test_bars_list_every_value():
    assert plots.bars({"a": 1.0, "b": 0.25}, ylabel="KL").alt == (
        "Bars of KL: a: 1, b: 0.25."
    )
