"""What was published: names, sizes, checksums and addresses of the full image sets.

Sizes and SHA-256 are those of TensorFlow Datasets' lists of checksums; MNIST's were
also computed from the genuine files, as were those of what they hold.
"""

from typing import NamedTuple


class File(NamedTuple):
    """One file as published, and what is known of its unpacked content."""

    name: str
    size: int  # bytes
    sha256: str
    content: str | None = None  # SHA-256 once it is unpacked, or None: not known
    counts: tuple[int, ...] = ()  # of its array, or (): any


class Split(NamedTuple):
    """The two files of a split."""

    images: File
    labels: File


class Published(NamedTuple):
    """A set of images with labels, and where to get it."""

    title: str  # its name in a message
    folder: str  # its place below the data folder
    mirrors: tuple[str, ...]  # addresses of folders, each with a slash at its end
    train: Split
    test: Split
    others: tuple[str, ...] = ()  # places below the data folder where others leave it


def _split(prefix, images, labels, contents=(None, None)) -> Split:
    """Name the files of a split; each comes as (size, sha256)."""
    n = {"train": 60_000, "t10k": 10_000}[prefix]
    names = f"{prefix}-images-idx3-ubyte.gz", f"{prefix}-labels-idx1-ubyte.gz"
    return Split(
        images=File(names[0], *images, contents[0], (n, 28, 28)),
        labels=File(names[1], *labels, contents[1], (n,)),
    )


# LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document
# recognition, 1998. Its first address answers with an error since 2024.
MNIST = Published(
    title="MNIST",
    folder="mnist",
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://raw.githubusercontent.com/fgnt/mnist/master/",
    ),
    train=_split(
        "train",
        (9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        (28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        contents=(
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
    ),
    test=_split(
        "t10k",
        (1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        (4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        contents=(
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    ),
    others=("MNIST/raw",),
)

# Xiao, Rasul and Vollgraf, arXiv:1708.07747; MIT licence.
FASHION_MNIST = Published(
    title="Fashion-MNIST",
    folder="fashion_mnist",
    mirrors=(
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ),
    train=_split(
        "train",
        (26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        (29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
    ),
    test=_split(
        "t10k",
        (4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        (5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ),
    others=("FashionMNIST/raw",),
)

# Clanuwat et al., Deep learning for classical Japanese literature, arXiv:1812.01718;
# CC BY-SA 4.0. One publisher, no mirror known: its two doors.
KMNIST = Published(
    title="Kuzushiji-MNIST",
    folder="kmnist",
    mirrors=(
        "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    ),
    train=_split(
        "train",
        (18165135, "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
        (29497, "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
    ),
    test=_split(
        "t10k",
        (3041136, "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
        (5120, "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
    ),
    others=("KMNIST/raw",),
)
