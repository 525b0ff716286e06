"""MNIST, Fashion-MNIST and Kuzushiji-MNIST in full: 28 x 28 grey images, downloaded.

Each has 60,000 images to train on and 10,000 to test with, in ten classes. As float32
the training set takes 188 MB, as bytes 47 MB: `pixels(mnist(dtype="uint8").x)` keeps
bytes on the device too and scales each batch as it is drawn.
"""

import warnings
from pathlib import Path

import numpy as np

from gan_utils import validate
from gan_utils.data import downloads, idx, storage
from gan_utils.data.images import Images, mnist_sample
from gan_utils.data.published import FASHION_MNIST, KMNIST, MNIST, File, Published

SAMPLE_TRAIN = 4000  # rows of the sample that stand in for "train"; the rest for "test"


def mnist(
    split: str = "train", download: str = "auto", dtype: str = "float32"
) -> Images:
    """Load MNIST's handwritten digits in full.

    The files are read from the folder `mnist` of GAN_UTILS_DATA, or of the course's
    cache folder, and downloaded once if they are not there. Unpacked ones will do, and
    so will those that torchvision left in `MNIST/raw`. They are read anew at every call
    (about a second), so nothing holds 188 MB that you have let go.

    When they cannot be had, a warning says so and MNIST digits of `mnist_sample` take
    their place, whatever set was asked for: 4,000 for "train", the other 1,000 for
    "test". Errors of the disk and files with another content are never passed over.

    Args:
        split: "train" (60,000 images) or "test" (10,000).
        download: "auto" downloads missing files, and falls back on the sample;
            "required" downloads them or fails; "never" keeps off the network.
        dtype: "float32" for x in [-1, 1], or "uint8" for raw x from 0 to 255, which
            `pixels` takes.

    Returns:
        Images with x (N, 28, 28, 1) and y (N,) int32, both read-only.

    Raises:
        ValueError: an unknown argument, or a file with another content, which stays
            as it is; in the course's own folder it gets another name.
        ConnectionError: download is "required" and no mirror delivered a file.
        OSError: a file could not be read or written.

    References:
        LeCun et al., Gradient-based learning applied to document recognition, 1998.
    """
    return load(MNIST, split, download, dtype)


def fashion_mnist(
    split: str = "train", download: str = "auto", dtype: str = "float32"
) -> Images:
    """Load Fashion-MNIST's pictures of clothes, as `mnist` loads digits.

    Args, Returns, Raises: those of `mnist`. Without the files you get MNIST digits.

    References:
        Xiao et al., Fashion-MNIST, arXiv:1708.07747.
    """
    return load(FASHION_MNIST, split, download, dtype)


def kmnist(
    split: str = "train", download: str = "auto", dtype: str = "float32"
) -> Images:
    """Load Kuzushiji-MNIST's cursive Japanese characters, as `mnist` loads digits.

    Args, Returns, Raises: those of `mnist`. Without the files you get MNIST digits.

    References:
        Clanuwat et al., Deep learning for classical Japanese literature,
        arXiv:1812.01718.
    """
    return load(KMNIST, split, download, dtype)


def load(
    published: Published,
    split: str = "train",
    download: str = "auto",
    dtype: str = "float32",
    folder: Path | None = None,
    patience: float = downloads.PATIENCE,
) -> Images:
    """Load a published set of images; `mnist` tells the rest.

    Args:
        published: which set.
        split, download, dtype: those of `mnist`.
        folder: where the folders of the sets are; by default `storage.data_folder()`.
        patience: seconds to wait for the first byte from any mirror.
    """
    validate.one_of(split, "split", ("train", "test"))
    validate.one_of(download, "download", ("auto", "required", "never"))
    validate.one_of(dtype, "dtype", ("float32", "uint8"))
    folder = Path(folder or storage.data_folder())
    mirrors = () if download == "never" else published.mirrors
    try:
        files = getattr(published, split)
        x, y = (_content(file, published, folder, mirrors, patience) for file in files)
    except downloads.Unavailable as error:
        if download == "required":
            nearby = storage.nearby(published, folder)
            raise downloads.Unavailable(f"{error} {nearby}") from error
        instead = stand_in(split, dtype)
        notice = _notice(published, split, folder, error, len(instead.x))
        warnings.warn(notice, stacklevel=3)
        return instead
    x, y = idx.parse(x, 3), idx.parse(y, 1)
    idx.pair(x, y, f"{published.title} in {folder}")
    return _images(x, y, dtype)


def _content(file: File, published, folder: Path, mirrors, patience: float) -> bytes:
    """Read a file, unpacked, after downloading it if it is not there."""
    content = storage.find(file, published, folder)
    if content is None:
        if not mirrors:
            raise downloads.Unavailable(f"no {file.name}, and download='never'.")
        downloads.download(file, folder / published.folder, mirrors, patience)
        content = storage.find(file, published, folder)
    return content


def _images(x: np.ndarray, y: np.ndarray, dtype: str) -> Images:
    """Scale bytes (N, H, W) through a table: no float64 copy of the whole set."""
    x = x[..., None]
    if dtype == "float32":
        x = (np.arange(256) / 127.5 - 1.0).astype("float32")[x]
    images = Images(x, y.astype("int32"))
    for array in images:
        array.setflags(write=False)
    return images


def stand_in(split: str, dtype: str = "float32") -> Images:
    """Deal the sample out, so that no image is both trained on and tested with.

    Args:
        split: "train" for 4,000 digits, "test" for the other 1,000.
        dtype: as in `mnist`.
    """
    sample = mnist_sample()
    rows = slice(SAMPLE_TRAIN) if split == "train" else slice(SAMPLE_TRAIN, None)
    x = np.round((sample.x[rows, ..., 0] + 1) * 127.5).astype("uint8")
    return _images(x, sample.y[rows], dtype)


def _notice(published, split, folder, error, count) -> str:
    files = " and ".join(file.name for file in getattr(published, split))
    other = "" if published.title == MNIST.title else f", NOT {published.title}"
    nearby = storage.nearby(published, folder)
    return (
        f"{published.title} ({split}) is not here: {error} {nearby} In its place you "
        f"get {count:,} MNIST digits that come with the course{other}. To have the "
        f"full set without a network, put {files}, packed or not, into "
        f"{folder / published.folder} (they are published at "
        f"{published.mirrors[0]}), or set {storage.SWITCH} to a folder that holds "
        f"{published.folder}/. With download='required' this is an error."
    )
