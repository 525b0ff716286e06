"""Figures for a dark page: light and dark change places, hues and pictures stay."""

import numpy as np

# Björn Ottosson's OKLab: linear RGB -> cones -> (lightness, green-red, blue-yellow).
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OPPONENTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
PAGE, INK = 0.178, 0.94  # lightness of what was white and of what was black
LIFT = 0.6  # below 1 the hues come out lighter than halfway: 4.5:1 on the page


def darkened(pixels: np.ndarray, keep: list[tuple[int, int, int, int]]) -> np.ndarray:
    """Turn a figure on white into one on nearly black.

    Args:
        pixels: RGB, uint8, (height, width, 3).
        keep: windows (top, bottom, left, right), in pixels, that stay as they are:
            faces, digits, whatever would be another picture as a negative.

    Returns:
        RGB, uint8, (height, width, 3).
    """
    colours, places = np.unique(
        pixels.reshape(-1, 3).astype(np.uint32) @ [1 << 16, 1 << 8, 1],
        return_inverse=True,
    )
    split = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], -1)
    dark = _turned(split / 255)[places].reshape(pixels.shape)
    for top, bottom, left, right in keep:
        window = np.s_[max(top, 0) : bottom, max(left, 0) : right]
        dark[window] = pixels[window]
    return dark


def _turned(rgb: np.ndarray) -> np.ndarray:
    """Exchange light and dark in OKLab; (n, 3) in [0, 1] to (n, 3) uint8."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    light, *hue = (np.cbrt(linear @ CONES.T) @ OPPONENTS.T).T
    lab = np.stack([PAGE + (INK - PAGE) * (1 - light.clip(0, 1)) ** LIFT, *hue], -1)
    linear = (lab @ np.linalg.inv(OPPONENTS).T) ** 3 @ np.linalg.inv(CONES).T
    linear = linear.clip(0, 1)
    rgb = np.where(
        linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055
    )
    return np.rint(rgb * 255).astype("uint8")
