"""The published tables: digits compared as printed, rows resumed, honest labels."""

import itertools
import json

import jax
import numpy as np
import pytest

from benchmarks.papers import clusters, dirac, ladder, parzen, runs, stacked, summary
from benchmarks.papers.__main__ import FIELDS, TABLES, line, main
from gan_utils import data, losses
from gan_utils.networks import models
from gan_utils.training import GAN
from gan_utils.training.recipes import Recipe

GRID = clusters.DATA["grid"]()


@pytest.fixture(autouse=True)
def settings_of_a_user():
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        yield


@pytest.mark.parametrize(
    ("value", "printed", "same"),
    [(0.6404, ".640", True), (0.6406, ".640", False), (2.64e-6, "2.6e-6", True)],
)
def test_a_number_agrees_when_it_rounds_to_what_is_printed(value, printed, same):
    assert dirac.agrees(value, printed) == same


def test_dirac_rows_hold_the_printed_digits_and_the_closed_forms():
    found = list(itertools.islice(dirac.rows("dirac", "cpu", None), 3))
    assert [row["published"] for row in found] == dirac.DISTANCES[0][3]
    assert all(row["matched"] for row in found)
    name, method, constants, expected = dirac.eigenvalues()[-1]
    row = dirac._eigenvalues(name, method, constants, expected)
    assert row["matched"] and row["error"] < 1e-12
    moved = dirac._eigenvalues(name, method, constants, expected + 1e-5)
    assert not moved["matched"] and "DIFFERS" in moved["label"]


def small(steps=6):
    gan = GAN(
        models.mlp_generator(2, (8,), 2),
        models.mlp_discriminator(2, (8,)),
        latent=2,
        loss=losses.relativistic,
    )
    recipe = Recipe(gan, {"learning_rate": 1e-3}, steps, batch_size=16)
    return runs.Method("small", recipe, "nothing", "a test")


@pytest.mark.slow
def test_a_row_is_measured_once_and_then_read(tmp_path, monkeypatch):
    row = runs.measure(small(), GRID, tmp_path, seeds=2)
    assert row["steps"] == 6 and row["seeds"] == 2 and row["label"] == "a test"
    assert len(row["each"]["modes"]) == 2
    assert row["modes"] == np.mean(row["each"]["modes"])
    assert "nothing" in line(row)
    monkeypatch.setattr(runs, "train", None)
    assert runs.measure(small(), GRID, tmp_path, seeds=2) == row
    with pytest.raises(ValueError, match="other settings"):
        runs.measure(small(steps=7), GRID, tmp_path, seeds=2)


def test_the_scale_of_the_data_does_not_change_the_scores():
    scaled = runs.unit_size(GRID, jax.random.key(0))
    x = GRID.sample(jax.random.key(1), 500)
    factor = float(scaled.std / GRID.std)
    assert (factor * x).std() == pytest.approx(1, rel=0.05)
    assert runs.width(x, GRID) == pytest.approx(1, rel=0.1)
    assert runs.width(factor * x, scaled) == pytest.approx(
        runs.width(x, GRID), rel=1e-3
    )


def test_every_table_starts_with_the_oracle_and_names_the_recommended_row():
    row = next(clusters.rows("ring", "cpu", None))
    assert row["high_quality"] == pytest.approx(0.989, abs=0.002)
    for table in ("ring", "grid"):
        labels = [m.label for m in clusters.methods(table, "cpu")]
        assert [("recommended" in label) for label in labels].count(True) == 1
        assert all("steps" in label for label in labels)
    names = [method.name for method in ladder.rungs(10)]
    assert names[0] == "GAN" and len(set(names)) == len(names)


def test_the_ladder_ends_at_the_recommended_recipe():
    top, best = ladder.rungs(10)[-1].recipe, clusters.methods("grid", "cpu")[0].recipe
    assert top.gan == best.gan
    differing = {k for k in top.hyper if str(top.hyper[k]) != str(best.hyper.get(k))}
    assert differing <= {"learning_rate", "gamma"}, "only their lengths may differ"


def test_the_command_writes_rows_and_refuses_what_is_not_there(tmp_path, monkeypatch):
    def rows(table, budget, work, only):
        yield runs.oracle(data.ring(std=0.01), draws=2) | {"budget": budget}

    monkeypatch.setitem(TABLES, "ring", rows)
    file = tmp_path / "rows.json"
    main(["--table", "ring", "--json", str(file), "--work", str(tmp_path)])
    (row,) = json.loads(file.read_text())
    assert set(FIELDS) <= set(row)
    with pytest.raises(SystemExit):
        main(["--table", "moons"])


@pytest.fixture
def small_mnist(monkeypatch):
    """Forty digits to train on, twenty for each of the other sets."""
    x, y = data.mnist_sample()
    raw = np.round((x[::50] + 1) * 127.5).astype("uint8")

    def mnist(split="train", **_):
        rows = slice(0, 60) if split == "train" else slice(60, 80)
        return data.Images(raw[rows], y[::50][rows])

    monkeypatch.setattr(data, "mnist", mnist)


@pytest.mark.slow
def test_parzen_rows_rank_averages_and_are_read_again(
    small_mnist, tmp_path, monkeypatch
):
    sizes = dict(SAMPLES=30, TRAIN=40, VALIDATION=20, STEPS={"cpu": 2}, SEEDS=2)
    for name, value in sizes.items():
        monkeypatch.setattr(parzen, name, value)
    found = list(parzen.rows("parzen", "cpu", tmp_path))
    assert ["recommended" in row["label"] for row in found] == [False, False, True]
    for row in found:
        assert row["seeds"] == 2 and len(row["each"]["sigma"]) == 2
        assert np.isfinite(row["log_likelihood"]) and "published" in row
        assert row["method"] in line(row)
    assert found[2]["log_likelihood"] < found[0]["log_likelihood"], "untrained"
    monkeypatch.setattr(parzen.metrics, "parzen", None)
    assert list(parzen.rows("parzen", "cpu", tmp_path)) == found


@pytest.mark.slow
def test_stacked_rows_count_triples_and_are_read_again(
    small_mnist, tmp_path, monkeypatch
):
    sizes = dict(SAMPLES=40, PART=20, STEPS={"cpu": 2}, SEEDS=2)
    for name, value in sizes.items():
        monkeypatch.setattr(stacked, name, value)
    found = list(stacked.rows("stacked", "cpu", tmp_path))
    assert found[0]["method"].startswith("oracle")
    assert ["recommended" in row["label"] for row in found].count(True) == 1
    for row in found[1:]:
        assert 1 <= row["modes"] <= 40 and row["reverse_kl"] >= np.log(1000 / 40)
        assert row["error"]["modes"] == row["spread"]["modes"] / 2**0.5
        assert "2 of 500,000" in row["label"] or "2 steps" in row["label"]
        assert row["method"] in line(row)
    monkeypatch.setattr(runs, "train", None)
    assert list(stacked.rows("stacked", "cpu", tmp_path)) == found


def test_packs_read_as_many_images_as_their_name_says():
    for name, recipe, _ in stacked.methods(10)[1:]:
        size = int(name[-1]) if name[-1].isdigit() else 1
        assert f"(28, 28, {3 * size})" in recipe.gan.describe(), name


def test_the_page_of_kept_tables_is_written_from_their_numbers():
    page = summary.page()
    assert (summary.KEPT / "README.md").read_text("utf-8") == page
    readme = (summary.KEPT.parents[1] / "README.md").read_text("utf-8")
    for row in summary.kept("grid")[1:5]:
        assert row["all_modes"] == row["each"]["modes"].count(25)
        found = f"| {row['all_modes']} of {row['seeds']} | {row['high_quality']:.1%} "
        assert f"{found}| {row['reverse_kl']:.4f} |" in readme
    for name in ("ring", "grid"):
        best = next(r for r in summary.kept(name) if "recommended" in r["label"])
        assert best["seeds"] == best["all_modes"] == 16
        assert (
            f"| {best['method']} | 16 of 16 (81% to 100%) | {best['modes']:.1f} ±"
            in page
        )
    assert summary.kept("nothing") == []


@pytest.mark.parametrize("file", sorted(summary.KEPT.glob("*-*.json")), ids=str)
def test_every_kept_row_has_every_field(file):
    if file.name.partition("-")[0] not in TABLES:
        pytest.skip("another measurement")
    for row in json.loads(file.read_text("utf-8")):
        assert set(FIELDS) <= set(row), row["method"]


@pytest.mark.parametrize("table", ["ring", "grid"])
def test_notebook_08_quotes_the_kept_rows(table):
    # The published tables stand in the side room of notebook 08.
    book = summary.KEPT.parents[1] / "notebooks" / "08b_dynamics_in_depth.ipynb"
    text = book.read_text("utf-8")
    rows = [row for row in summary.kept(table) if row["steps"] == 20_000]
    assert len(rows) == 4
    for row in rows:
        error = row["error"]
        quality = f"{100 * row['high_quality']:.1f} ± {100 * error['high_quality']:.1f}"
        divergence = f"{row['reverse_kl']:.4f} ± {error['reverse_kl']:.4f}"
        quoted = f"{row['modes']:.1f} ± {error['modes']:.1f}  {quality}  "
        quoted += divergence.replace("0.", ".")
        assert f"{quoted}  {row['width']:.2f} ± {error['width']:.2f}" in text


def test_intervals_of_the_page_are_students():
    row = {"seeds": 3, "spread": {"modes": 3**0.5}}
    assert summary.half_widths(row)["modes"] == pytest.approx(4.3027, abs=1e-4)
