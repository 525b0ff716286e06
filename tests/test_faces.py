"""Drawn faces: their attributes, their lines, and what refuses bad input."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data
from gan_utils.data.face_attributes import ATTRIBUTES

KEY = jax.random.key(0)


@pytest.fixture(scope="module")
def many():
    """Labels of 20,000 faces."""
    from gan_utils.data.face_attributes import draw_labels

    return np.asarray(draw_labels(KEY, 20_000, {}))


def test_values_occur_as_often_as_their_shares_say(many):
    people = data.faces()
    for column, name in enumerate(people.names):
        shares = people.shares(name)
        assert shares.sum() == pytest.approx(1)
        found = np.bincount(many[:, column], minlength=len(shares)) / len(many)
        error = np.sqrt(shares * (1 - shares) / len(many))
        assert (np.abs(found - shares) <= 5 * error + 1e-9).all(), name


def information(a, b) -> float:
    """Compute the mutual information in nats; (a-1)(b-1)/2n, on average, of none."""
    table = np.zeros((6, 6))
    np.add.at(table, (a, b), 1 / len(a))
    apart = table.sum(1, keepdims=True) * table.sum(0)
    some = table > 0
    return (table[some] * np.log(table[some] / apart[some])).sum()


def test_two_attributes_depend_on_the_age_and_nothing_else_depends(many):
    names = data.faces().names
    age = names.index("age")
    adults = many[many[:, age] == 1]
    pairs = [(i, j) for i in range(len(names)) for j in range(i)]
    found = {
        (names[j], names[i])
        for i, j in pairs
        if information(*(many if age in (i, j) else adults)[:, [i, j]].T) > 0.005
    }
    assert found == {("age", "hair"), ("age", "beard")}


def test_rare_values_are_there():
    people = data.faces()
    rare = [
        f"{name} {value}"
        for name in people.names
        for value, share in zip(people.values(name), people.shares(name), strict=True)
        if 0.015 < share <= 0.021
    ]
    assert rare == ["hair blue", "glasses patch", "hat crown"]


@pytest.mark.parametrize("size", [16, 33, 64])
def test_the_same_people_in_every_size(size):
    x, y = data.faces(size).labelled(KEY, 3)
    assert x.shape == (3, size, size, 3) and x.dtype == jnp.float32
    assert x.min() >= -1 and x.max() <= 1
    assert (y == data.faces(32).labelled(KEY, 3).y).all()


def test_a_picture_twice_as_large_shows_the_same_face():
    small, large = (data.faces(size).sample(KEY, 4) for size in (32, 64))
    halved = jax.image.resize(large, small.shape, "linear")
    assert jnp.abs(halved - small).mean() < 0.06
    assert jnp.abs(jnp.roll(halved, 1, 0) - small).mean() > 0.2  # other people


def test_edges_are_soft_and_lines_lie_where_colours_change():
    painted = data.faces(64).sample(KEY, 8)
    lines = data.faces(64, edges=True).sample(KEY, 8)
    assert lines.shape == (8, 64, 64, 1)
    change = jnp.abs(jnp.diff(painted, axis=1)).max(-1)[:, :, :63]
    on = lines[:, :63, :63, 0] > 0
    assert change[on].mean() > 4 * change[~on].mean()
    assert ((lines > -0.9) & (lines < 0.9)).mean() > 0.02


def test_more_faces_than_a_chunk_are_the_same_faces():
    x = data.faces(16).sample(KEY, 300)
    assert len(np.unique(np.asarray(x[:, 8, 8, 0]))) > 200


def test_chosen_attributes_are_drawn():
    crowned = data.faces(16).having(hat="crown", age="old")
    y = crowned.labelled(KEY, 200).y
    names = crowned.names
    assert (y[:, names.index("hat")] == crowned.values("hat").index("crown")).all()
    grey = y[:, names.index("hair")] == crowned.values("hair").index("grey")
    assert 0.55 < grey.mean() < 0.8  # of the old: 0.68
    assert "hat crown" in crowned.describe(y[0])


@pytest.mark.parametrize("name", list(ATTRIBUTES))
def test_every_value_changes_the_picture(name):
    people = data.faces(32)
    y = np.array(people.labelled(KEY, 8).y)
    y[:, people.names.index("hat")] = 0  # a hat may hide hair
    column, drawn = people.names.index(name), []
    for value in range(len(people.values(name))):
        y[:, column] = value
        drawn.append(np.asarray(people.draw(y, KEY)))
    for i in range(len(drawn)):
        for j in range(i):
            moved = np.abs(drawn[i] - drawn[j]).max(axis=(1, 2, 3))
            assert moved.min() > 0.1, (name, i, j)


def test_faces_are_a_source_of_batches():
    batch = data.batches(data.faces(16), 4).batch(KEY, 0)
    assert batch.x.shape == (1, 4, 16, 16, 3)
    stored = data.faces(16).pixels(KEY, 10)
    assert stored.x.dtype == jnp.uint8
    assert stored.sample(KEY, 4).shape == (4, 16, 16, 3)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: data.faces(8), "size is int 8"),
        (lambda: data.faces(256), "16 to 128"),
        (lambda: data.faces().sample(KEY, 0), "n is int 0"),
        (lambda: data.faces().sample(0, 3), "key is int 0"),
        (lambda: data.faces().having(nose="long"), "nose"),
        (lambda: data.faces().having(hat="helmet"), "helmet"),
        (lambda: data.faces().shares("nose"), "nose"),
        (lambda: data.faces().draw(np.zeros((2, 3)), KEY), "expected (n, 12)"),
        (lambda: data.faces().draw(np.full((2, 12), 9), KEY), "labels[0, 0] is 9"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    assert words in str(error.value)
