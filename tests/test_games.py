"""Games: eigenvalues against closed forms, trajectories against published radii."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import games
from gan_utils.numerics import float64

STEPPERS = {
    "simultaneous": games.simultaneous,
    "1:1": games.alternating(1),
    "1:5": games.alternating(5),
}

# Distance from the origin after 500 steps of 0.2 from (1, 1), as printed in a separate
# re-implementation of the official notebook; second, the range over the last 100 steps.
RADII = [
    ("gan", {}, "simultaneous", "3.10", None),
    ("gan", {}, "1:1", "1.42", ("1.34", "1.42")),
    ("gan", {}, "1:5", "1.85", ("1.03", "2.42")),
    ("nsgan", {}, "simultaneous", ".640", None),
    ("nsgan", {}, "1:1", ".284", (".274", ".314")),
    ("nsgan", {}, "1:5", ".139", (".126", ".309")),
    ("wgan", {"clip": 1.0}, "simultaneous", "1.00", ("1.00", "1.27")),
    ("wgan", {"clip": 1.0}, "1:1", "1.02", (".949", "1.05")),
    ("wgan", {"clip": 1.0}, "1:5", ".917", (".435", "1.01")),
    ("wgan_gp", {}, "simultaneous", "1.80", ("1.62", "1.97")),
    ("wgan_gp", {}, "1:1", "1.22", ("1.14", "1.44")),
    ("wgan_gp", {}, "1:5", ".716", (".675", "1.5")),
    ("instance_noise", {}, "simultaneous", "5.7e-5", None),
    ("instance_noise", {}, "1:1", "4.0e-6", None),
    ("r1", {"gamma": 0.3}, "simultaneous", "2.6e-6", None),
    ("r1", {"gamma": 0.3}, "1:1", "2.3e-7", None),
    ("r1", {"gamma": 0.3}, "1:5", "9e-34", None),
    ("r1", {"gamma": 1.0}, "simultaneous", "9.5e-22", None),
    ("r1", {"gamma": 1.0}, "1:1", "7.5e-17", None),
    ("r1", {"gamma": 1.0}, "1:5", "5.1e-12", None),
    ("r2", {"gamma": 1.0}, "1:5", "5.1e-12", None),
    ("consensus", {}, "simultaneous", "2.1e-10", None),
    ("consensus", {}, "1:1", "1.3e-11", None),
    ("consensus", {}, "1:5", "5e-33", None),
    ("consensus_exact", {}, "simultaneous", "2.6e-10", None),
    ("consensus_exact", {}, "1:1", "1.7e-11", None),
    ("consensus_exact", {}, "1:5", "11.0", None),
    ("nsgan_r1", {}, "simultaneous", "2.2e-6", None),
    ("nsgan_r1", {}, "1:1", "1.5e-7", None),
    ("nsgan_r1", {}, "1:5", "4e-34", None),
]


def radii(game, stepper, start=(1.0, 1.0), steps=500, step_size=0.2):
    with float64():
        path = games.trajectory(game, stepper, start, steps, step_size)
        return np.linalg.norm(np.asarray(path), axis=1)


def half_a_digit(text):
    """Return half a unit in the last printed place."""
    mantissa, _, exponent = text.partition("e")
    places = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - places) * (1 + 1e-9)


def agrees(computed, printed):
    return abs(computed - float(printed)) <= half_a_digit(printed)


@pytest.mark.parametrize(("method", "constants", "stepper", "last", "band"), RADII)
def test_golden_radii(method, constants, stepper, last, band):
    radius = radii(games.dirac(method, **constants), STEPPERS[stepper])
    assert agrees(radius[-1], last), radius[-1]
    if band:
        assert agrees(radius[-100:].min(), band[0]), radius[-100:].min()
        assert agrees(radius[-100:].max(), band[1]), radius[-100:].max()


def test_instance_noise_with_five_steps_reaches_the_rounding_floor():
    assert radii(games.dirac("instance_noise"), STEPPERS["1:5"])[-1] < 1e-15


def test_the_two_consensus_fields_share_a_spectrum_and_not_a_basin():
    official, exact = games.dirac("consensus"), games.dirac("consensus_exact")
    with float64():
        np.testing.assert_allclose(
            games.eigenvalues(official), games.eigenvalues(exact), atol=1e-12
        )
    assert radii(official, STEPPERS["1:5"])[-1] < 1e-30
    assert radii(exact, STEPPERS["1:5"])[-1] > 10


def closed_form(method, strength):
    """Eigenvalues from f'(0) = 1/2 and f''(0) = -1/4, by hand."""
    slope, curvature = 0.5, -0.25
    if method in ("gan", "nsgan"):
        return np.array([-1j, 1j]) * slope
    if method == "wgan":
        return np.array([-1j, 1j])
    if method in ("consensus", "consensus_exact"):
        return -strength * slope**2 + np.array([-1j, 1j]) * slope
    real = curvature * strength**2 if method == "instance_noise" else -strength / 2
    root = np.sqrt(complex(real**2 - slope**2))
    return np.sort_complex(np.array([real - root, real + root]))


JUMPING, LOOKING_AHEAD = {"wgan_gp", "spectral_norm"}, {"unrolled"}


@pytest.mark.parametrize(
    "method", sorted(set(games.DIRAC_METHODS) - JUMPING - LOOKING_AHEAD)
)
@pytest.mark.parametrize("strength", [0.3, 1.0, 2.5])
def test_eigenvalues_match_the_closed_forms(method, strength):
    defaults = games.DIRAC_METHODS[method][1]
    with float64():
        game = games.dirac(method, **dict.fromkeys(defaults, strength))
        np.testing.assert_allclose(
            games.eigenvalues(game), closed_form(method, strength), atol=1e-6
        )


def test_instance_noise_stops_turning_at_a_variance_of_two():
    with float64():
        game = games.dirac("instance_noise", std=np.sqrt(2.0))
        assert np.abs(games.eigenvalues(game).imag).max() < 1e-6


@pytest.mark.parametrize(("steps", "rate"), [(0, 0.7), (1, 0.3), (5, 0.2), (20, 0.4)])
def test_unrolling_damps_like_the_closed_form(steps, rate):
    """psi after k steps is psi + k rate f'(0) theta, close to the centre."""
    with float64():
        game = games.dirac("unrolled", steps=steps, rate=rate)
        real = -steps * rate * 0.5**2
        root = np.emath.sqrt(real**2 - 0.5**2) * np.array([-1, 1])
        expected = np.sort_complex((real + root).astype(complex))
        np.testing.assert_allclose(games.eigenvalues(game), expected, atol=1e-12)


def test_unrolling_is_the_slope_of_the_value_some_steps_later():
    """Against central differences of the value after three steps by hand."""

    def value(theta, psi=-0.4):
        for _ in range(3):
            psi = psi + 0.3 * theta / (1 + np.exp(psi * theta))
        return -np.log1p(np.exp(-psi * theta))

    with float64():
        field = games.dirac("unrolled", steps=3, rate=0.3).field(jnp.array([0.9, -0.4]))
    slope = (value(0.9 + 1e-6) - value(0.9 - 1e-6)) / 2e-6
    np.testing.assert_allclose(field, [-slope, 0.9 / (1 + np.exp(-0.36))], rtol=1e-7)


def test_the_spectral_norm_of_one_number_leaves_nothing_to_learn():
    game = games.dirac("spectral_norm")
    fields = game.arrows(jnp.array([[0.3, 0.2], [0.3, 5.0], [0.3, -0.2]]))
    pull = 1 / (1 + np.exp(0.3))
    np.testing.assert_allclose(fields[:2], [[-pull, 0.0]] * 2, rtol=1e-6)
    np.testing.assert_allclose(fields[2], [1 - pull, 0.0], rtol=1e-6)
    path = games.trajectory(game, games.alternating(), (1.0, 1.0), 100, 0.2)
    assert path[-1, 0] < -10 and path[-1, 1] == 1


@pytest.mark.parametrize("step_size", [0.2, 1.3, 3.9, 4.2])
def test_eigenvalues_of_updates_have_the_closed_forms(step_size):
    """One plus h times the field's; alternating, trace 2 - h gamma - (h / 2)^2."""
    gamma = 0.3
    game = games.dirac("r1", gamma=gamma)
    with float64():
        both = games.update_eigenvalues(game, games.simultaneous, step_size)
        np.testing.assert_allclose(
            np.sort_complex((both - 1) / step_size),
            closed_form("r1", gamma),
            atol=1e-12,
        )
        turns = games.update_eigenvalues(game, games.alternating(), step_size)
    trace, product = 2 - step_size * gamma - step_size**2 / 4, 1 - step_size * gamma
    np.testing.assert_allclose(turns.sum(), trace, atol=1e-12)
    np.testing.assert_allclose(turns.prod(), product, atol=1e-12)


@pytest.mark.parametrize("method", sorted(JUMPING))
def test_a_slope_held_to_1_has_no_spectrum_at_the_equilibrium(method):
    for spectrum in (
        games.eigenvalues,
        lambda game: games.update_eigenvalues(game, games.simultaneous),
    ):
        with pytest.raises(ValueError, match="discontinuous"):
            spectrum(games.dirac(method))


def test_one_centred_penalty_has_a_spectrum_elsewhere():
    elsewhere = games.eigenvalues(games.dirac("wgan_gp"), (0.5, 0.2))
    assert np.isfinite(elsewhere).all()


def test_instance_noise_field_is_the_mean_over_noise():
    theta, psi, std = 0.6, -0.8, 0.7
    noise = np.random.default_rng(0).normal(size=2_000_000) * std

    def sigmoid(t):
        return 1 / (1 + np.exp(-t))

    fake_pull = sigmoid(-psi * (theta + noise))
    expected = [
        -psi * fake_pull.mean(),
        ((theta + noise) * fake_pull).mean() - (noise * sigmoid(psi * noise)).mean(),
    ]
    field = games.dirac("instance_noise", std=std).field(jnp.array([theta, psi]))
    np.testing.assert_allclose(field, expected, atol=2e-3)


def test_continuous_gan_conserves_the_distance():
    radius = radii(games.dirac("gan"), games.runge_kutta)
    np.testing.assert_allclose(radius, np.sqrt(2), rtol=1e-4)


@pytest.mark.parametrize("step_size", [0.05, 0.2, 1.0])
def test_simultaneous_bilinear_grows_by_the_same_factor_every_step(step_size):
    radius = radii(games.bilinear(), games.simultaneous, steps=40, step_size=step_size)
    np.testing.assert_allclose(radius[1:] / radius[:-1], np.sqrt(1 + step_size**2))


@pytest.mark.parametrize("step_size", [0.1, 0.7, 1.5, 1.99])
def test_alternating_bilinear_keeps_area_and_stays_bounded(step_size):
    game, step = games.bilinear(), games.alternating(1)
    with float64():
        jacobian = jax.jacobian(lambda x: step(game, x, step_size))(jnp.ones(2))
    assert np.linalg.det(np.asarray(jacobian)) == pytest.approx(1, abs=1e-12)
    radius = radii(game, step, steps=4000, step_size=step_size)
    assert radius[2000:].max() < 1.001 * radius[:2000].max()


def test_alternating_bilinear_leaves_beyond_a_step_of_two():
    game = games.bilinear()
    assert radii(game, games.alternating(), steps=100, step_size=2.1)[-1] > 1e6


def test_runge_kutta_bilinear_circles():
    with float64():
        path = games.trajectory(
            games.bilinear(), games.runge_kutta, (1.0, 0.0), 100, 0.1
        )
    turn = 0.1 * np.arange(101)
    np.testing.assert_allclose(
        path, np.stack([np.cos(turn), np.sin(turn)], 1), atol=1e-5
    )


def test_changing_a_constant_does_not_recompile():
    calls = []

    def stepper(game, point, step_size):
        calls.append(None)
        return games.simultaneous(game, point, step_size)

    for gamma in (0.1, 0.2, 0.3):
        games.trajectory(games.dirac("r1", gamma=gamma), stepper, (1.0, 1.0), 5)
    assert len(calls) == 1


def test_arrows_are_the_field_at_every_point():
    game, points = games.dirac("nsgan"), jnp.ones((3, 4, 2)) * 0.3
    np.testing.assert_allclose(game.arrows(points)[1, 2], game.field(points[0, 0]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: games.dirac("dcgan"), "method is 'dcgan'"),
        (lambda: games.dirac("gan", gamma=1.0), "unknown to method 'gan'"),
        (lambda: games.dirac("r1", gamma=-1.0), "gamma"),
        (lambda: games.dirac("unrolled", steps=21), "20 or fewer"),
        (
            lambda: games.update_eigenvalues(
                games.bilinear(), games.simultaneous, -0.1
            ),
            "step_size",
        ),
        (lambda: games.alternating(0), "k is"),
        (lambda: games.lattice(0.0), "reach"),
        (lambda: games.lattice(1.0, 1), "side"),
        (lambda: games.eigenvalues(games.bilinear(), (1.0,)), "point is"),
        (
            lambda: games.trajectory(games.bilinear(), games.simultaneous, (1, 1), -1),
            "steps is",
        ),
        (
            lambda: games.trajectory(
                games.bilinear(), games.simultaneous, (1, float("nan")), 1
            ),
            "start holds 1",
        ),
        (
            lambda: games.trajectory(
                games.bilinear(), games.simultaneous, (1, 1), 1, 0.0
            ),
            "step_size",
        ),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_lattice_has_the_origin_in_its_middle():
    points = games.lattice(2.0, 5)
    assert points.shape == (5, 5, 2) and np.abs(points).max() == 2
    assert points[2, 2].tolist() == [0, 0] and points[0, 1].tolist() == [-1, -2]
