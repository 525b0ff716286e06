"""Downloads: whole or not at all, from any mirror, and never a loss on the disk."""

import errno
import gzip
import hashlib
import io
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from gan_utils import data
from gan_utils.data import downloads, storage
from gan_utils.data.image_sets import load
from gan_utils.data.published import FASHION_MNIST, KMNIST, MNIST, File, Published
from gan_utils.data.published import Split as Pair

ROOT = Path(__file__).parents[1]
GENUINE = Path(os.environ.get(storage.SWITCH) or ROOT.parent / "shared" / "data")

N = 300  # enough for several chunks of a download
X = np.random.default_rng(0).integers(0, 256, (N, 28, 28)).astype("uint8")
Y = (np.arange(N) % 10).astype("uint8")


def idx_file(name, array):
    """Return the packed bytes of an array, and what a table says of them."""
    counts = b"".join(n.to_bytes(4, "big") for n in array.shape)
    raw = bytes([0, 0, 8, array.ndim]) + counts + array.tobytes()
    content = gzip.compress(raw, mtime=0)
    sums = (hashlib.sha256(each).hexdigest() for each in (content, raw))
    return content, File(name, len(content), *sums, array.shape)


IMAGES, IMAGES_FILE = idx_file("train-images-idx3-ubyte.gz", X)
LABELS, LABELS_FILE = idx_file("train-labels-idx1-ubyte.gz", Y)
CONTENTS = {IMAGES_FILE.name: IMAGES, LABELS_FILE.name: LABELS}
FILES = Pair(IMAGES_FILE, LABELS_FILE)


def table(*mirrors):
    return Published("Shoes", "shoes", mirrors, FILES, FILES)


class Server(ThreadingHTTPServer):
    """Mirrors on this machine: the first part of a path says how it behaves.

    /good/, /wrong/, /404/, /cut-1000/ (the connection ends after so many bytes),
    /once-1000/ (so it ends the first time only), /silent/ (says nothing).
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.closing = [], threading.Event()

    def mirror(self, behaviour):
        return f"http://127.0.0.1:{self.server_port}/{behaviour}/"

    def handle_error(self, request, client_address):
        """Say nothing: a probe hangs up after its first byte."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        behaviour, name = self.path.strip("/").split("/")
        content, size = CONTENTS[name], None
        probe = "Range" in self.headers
        if not probe:
            self.server.asked.append(behaviour)
        if behaviour == "silent":
            self.server.closing.wait(60)
            return
        if behaviour == "404":
            self.send_error(404)
            return
        kind, _, number = behaviour.partition("-")
        if kind == "cut" or (kind == "once" and self.server.asked.count(behaviour) < 2):
            size = int(number)
        if kind == "wrong":
            content = b"<html>Please log in.</html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:size])

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def shared_server():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def server(shared_server):
    shared_server.asked.clear()
    return shared_server


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def required(published, folder, **options):
    return load(published, download="required", folder=folder, **options)


def assert_ours(images):
    assert images.x.shape == (N, 28, 28, 1) and images.x.dtype == np.float32
    np.testing.assert_array_equal(np.round((images.x[..., 0] + 1) * 127.5), X)
    np.testing.assert_array_equal(images.y, Y)
    assert images.y.dtype == np.int32


def test_files_are_downloaded_once(server, tmp_path):
    published = table(server.mirror("good"))
    assert_ours(required(published, tmp_path))
    assert names(tmp_path / "shoes") == sorted(CONTENTS)
    assert (tmp_path / "shoes" / IMAGES_FILE.name).read_bytes() == IMAGES
    server.asked.clear()
    assert_ours(required(published, tmp_path))
    assert_ours(load(published, download="never", folder=tmp_path))
    assert server.asked == []


def test_bytes_are_those_of_the_file(server, tmp_path):
    images = required(table(server.mirror("good")), tmp_path, dtype="uint8")
    np.testing.assert_array_equal(images.x[..., 0], X)
    assert images.x.dtype == np.uint8
    assert data.pixels(images.x).x.shape == (*X.shape, 1)
    for array in images:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_log_of_a_download_has_lines(server, tmp_path, monkeypatch):
    log = io.StringIO()  # no terminal
    monkeypatch.setattr(sys, "stderr", log)
    required(table(server.mirror("good")), tmp_path)
    assert "\r" not in log.getvalue()
    lines = log.getvalue().splitlines()
    assert [line.split("%")[0].split() for line in lines] == [
        [f"{name}:", share] for name in CONTENTS for share in ("0", "100")
    ]


@pytest.mark.parametrize("bad", ["404", "wrong", "cut-0", "cut-100000", "silent"])
def test_another_mirror_takes_over(server, tmp_path, bad):
    published = table(server.mirror(bad), server.mirror("good"))
    assert_ours(required(published, tmp_path, patience=2))
    assert names(tmp_path) == sorted(CONTENTS)
    assert "good" in server.asked


def test_mirrors_that_cannot_be_reached_are_passed_over(server, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but nobody listens
        port = closed.getsockname()[1]
        nobody = f"http://127.0.0.1:{port}/good/"
        assert_ours(required(table(nobody, server.mirror("good")), tmp_path))


def test_a_mirror_gets_a_second_chance(server, tmp_path):
    assert_ours(required(table(server.mirror("once-100000")), tmp_path))


@pytest.mark.parametrize("seed", range(8))
def test_a_download_that_is_cut_anywhere_leaves_nothing(server, tmp_path, seed):
    cut = random.Random(seed).randrange(1, len(IMAGES) - 1)
    with pytest.raises(ConnectionError, match=r"the download was cut|wrong checksum"):
        required(table(server.mirror(f"cut-{cut}")), tmp_path)
    assert names(tmp_path) == []
    assert_ours(required(table(server.mirror("good")), tmp_path))


def test_a_wrong_body_is_never_kept(server, tmp_path):
    with pytest.raises(ConnectionError, match="27 bytes with a wrong checksum"):
        required(table(server.mirror("wrong")), tmp_path)
    assert names(tmp_path) == []


def test_every_mirror_is_named_in_the_error(server, tmp_path):
    published = table(server.mirror("404"), "http://127.0.0.1:9/gone/")
    with pytest.raises(ConnectionError, match="404") as caught:
        required(published, tmp_path)
    assert "127.0.0.1:9" in str(caught.value) and IMAGES_FILE.name in str(caught.value)


# A file that is there already


def test_a_wrong_file_is_refused_and_kept(server, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tmp_path = storage.own_folder()
    place = tmp_path / "shoes"
    place.mkdir(parents=True)
    path = place / IMAGES_FILE.name
    for number in (1, 2):
        path.write_bytes(b"mine, %d" % number)
        with pytest.raises(
            ValueError, match=f"expected {IMAGES_FILE.sha256}"
        ) as caught:
            required(table(server.mirror("good")), tmp_path)
        for word in (str(path), hashlib.sha256(b"mine, %d" % number).hexdigest()):
            assert word in str(caught.value)
        assert not path.exists() and server.asked == []
    assert_ours(required(table(server.mirror("good")), tmp_path))
    assert (place / f"{path.name}.wrong-1").read_bytes() == b"mine, 1"
    assert (place / f"{path.name}.wrong-2").read_bytes() == b"mine, 2"


@pytest.mark.parametrize("download", ["auto", "required", "never"])
def test_no_setting_passes_over_a_wrong_file(tmp_path, download):
    (tmp_path / "shoes").mkdir()
    (tmp_path / "shoes" / IMAGES_FILE.name).write_bytes(IMAGES[:-1])
    with pytest.raises(ValueError, match="Likely cause: a copy that was cut"):
        load(table(), download=download, folder=tmp_path)


def refuse_writing(*arguments, **options):
    raise OSError(errno.EROFS, "Read-only file system")


def test_a_wrong_file_in_a_folder_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = storage.own_folder() / "shoes"
    place.mkdir(parents=True)
    path = place / IMAGES_FILE.name
    path.write_bytes(b"theirs")
    monkeypatch.setattr(Path, "open", refuse_writing)
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"theirs")
    with pytest.raises(ValueError, match="so it stays there"):
        load(table(), folder=place.parent)
    assert names(tmp_path) == [path.name]


# What other programs leave


PLAIN = {name.removesuffix(".gz"): gzip.decompress(CONTENTS[name]) for name in CONTENTS}
AGAIN = {name: gzip.compress(raw, 1, mtime=1) for name, raw in PLAIN.items()}
LAYOUTS = {
    "unpacked": {f"shoes/{name}": raw for name, raw in PLAIN.items()},
    "torchvision": {f"Shoes/raw/{name}": raw for name, raw in PLAIN.items()},
    "torchvision, packed": {f"Shoes/raw/{name}": raw for name, raw in CONTENTS.items()},
    "7-Zip": {f"shoes/{n.replace('-idx', '.idx')}": raw for n, raw in PLAIN.items()},
    "Kaggle": {f"shoes/{name}/{name}": raw for name, raw in PLAIN.items()},
    "packed again": {f"shoes/{name}.gz": raw for name, raw in AGAIN.items()},
    "unpacked on the way": {f"shoes/{name}.gz": raw for name, raw in PLAIN.items()},
}
DIRECT = {"the folder itself": PLAIN}


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def unchanged(folder, files):
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return found == set(files) and all(
        (folder / name).read_bytes() == content for name, content in files.items()
    )


def shoes(*mirrors, known=True):
    files = FILES if known else Pair(*(file._replace(content=None) for file in FILES))
    return Published("Shoes", "shoes", mirrors, files, files, ("Shoes/raw",))


@pytest.mark.parametrize("layout", LAYOUTS | DIRECT)
def test_every_layout_is_read_as_it_is(tmp_path, layout):
    files = (LAYOUTS | DIRECT)[layout]
    put(tmp_path, files)
    assert_ours(required(shoes(), tmp_path))
    assert unchanged(tmp_path, files)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_a_checksum_of_the_content_its_form_decides(tmp_path, layout):
    put(tmp_path, LAYOUTS[layout])
    assert_ours(required(shoes(known=False), tmp_path))


def test_without_a_checksum_only_the_folder_tells_the_set(tmp_path):
    put(tmp_path, PLAIN)
    with pytest.warns(UserWarning, match="there is train-images-idx3-ubyte, "):
        load(shoes("http://far/", known=False), download="never", folder=tmp_path)


@pytest.mark.parametrize("known", [True, False])
def test_content_of_another_form_is_refused_and_left_alone(tmp_path, known):
    other = {f"shoes/{name}.gz": IMAGES[:-1] for name in PLAIN}
    put(tmp_path, other)
    with pytest.raises(ValueError, match="because the folder is yours") as caught:
        load(shoes(known=known), download="auto", folder=tmp_path)
    assert str(caught.value).count("Likely cause") == 1
    assert unchanged(tmp_path, other)


def test_a_wrong_file_beside_a_genuine_one_does_no_harm(tmp_path):
    put(tmp_path, {f"shoes/{name}": b"mine" for name in CONTENTS})
    put(tmp_path, {f"shoes/{name}": raw for name, raw in PLAIN.items()})
    assert_ours(required(shoes(), tmp_path))


def test_a_wrong_file_of_another_program_is_passed_over(server, tmp_path):
    theirs = {f"Shoes/raw/{name}": b"their own" for name in PLAIN}
    put(tmp_path, theirs)
    assert_ours(required(shoes(server.mirror("good")), tmp_path))
    assert unchanged(tmp_path / "Shoes", {n[6:]: raw for n, raw in theirs.items()})


def test_what_lies_nearby_is_said(tmp_path):
    put(tmp_path, {f"{letter}.npz": b"" for letter in "abcdefgh"})
    with pytest.warns(UserWarning, match=r"there is a.npz, .*f.npz and 2 more"):
        load(shoes("http://far/"), download="never", folder=tmp_path)
    with pytest.warns(UserWarning, match="There is nothing in"):
        load(shoes("http://far/"), download="never", folder=tmp_path / "none")


@pytest.mark.skipif(sys.platform == "win32", reason="makes a link")
def test_what_lies_nearby_is_said_where_files_are_required_too(tmp_path):
    (tmp_path / "shoes").mkdir()
    (tmp_path / "shoes" / FILES[0].name).symlink_to("nowhere")
    with pytest.raises(ConnectionError, match=rf"{FILES[0].name} \(no file\)"):
        required(shoes(), tmp_path)


def test_files_of_different_splits_are_refused(tmp_path):
    content, file = idx_file("train-labels-idx1-ubyte.gz", Y[:-1])
    (tmp_path / "shoes").mkdir()
    for name, bytes_ in ((IMAGES_FILE.name, IMAGES), (file.name, content)):
        (tmp_path / "shoes" / name).write_bytes(bytes_)
    mixed = Published("Shoes", "shoes", (), Pair(IMAGES_FILE, file), FILES)
    with pytest.raises(ValueError, match="300 images and 299 labels"):
        load(mixed, folder=tmp_path)


# No network


def assert_sample(images, split, dtype="float32"):
    rows = slice(4000) if split == "train" else slice(4000, None)
    sample = data.mnist_sample()
    assert images.x.dtype == dtype
    x = images.x if dtype == "float32" else images.x / 127.5 - 1.0
    np.testing.assert_array_equal(x.astype("float32"), sample.x[rows])
    np.testing.assert_array_equal(images.y, sample.y[rows])


@pytest.mark.parametrize("split", ["train", "test"])
@pytest.mark.parametrize("dtype", ["float32", "uint8"])
def test_without_a_network_the_sample_is_dealt_out(tmp_path, split, dtype):
    with pytest.warns(UserWarning, match="NOT Shoes") as caught:
        images = load(
            table("http://127.0.0.1:9/"), split, "auto", dtype, folder=tmp_path
        )
    assert_sample(images, split, dtype)
    text = str(caught[0].message)
    for word in (IMAGES_FILE.name, LABELS_FILE.name, str(tmp_path), storage.SWITCH):
        assert word in text
    assert "no connection" in text and "MNIST digits" in text


def stuck_name_server(closing):
    def getaddrinfo(*arguments, **options):
        closing.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    return getaddrinfo


@pytest.mark.slow
def test_a_name_server_that_hangs_costs_less_than_ten_seconds(tmp_path, monkeypatch):
    closing, before = threading.Event(), set(threading.enumerate())
    monkeypatch.setenv(storage.SWITCH, str(tmp_path))
    monkeypatch.setattr(socket, "getaddrinfo", stuck_name_server(closing))
    begin = time.monotonic()
    with pytest.warns(UserWarning, match="no answer in 7 s") as caught:
        images = data.kmnist()
    assert time.monotonic() - begin < 10
    assert caught[0].filename == __file__ and "NOT Kuzushiji-MNIST" in str(caught[0])
    assert_sample(images, "train")
    closing.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)


def test_silent_mirrors_share_one_patience(server, tmp_path):
    published = table(*[server.mirror("silent")] * 2, server.mirror("silent"))
    begin = time.monotonic()
    with pytest.raises(ConnectionError, match=r"no answer|fell silent"):
        required(published, tmp_path, patience=1)
    assert time.monotonic() - begin < 3


def test_never_means_never(server, tmp_path):
    with pytest.warns(UserWarning, match="download='never'"):
        images = load(table(server.mirror("good")), download="never", folder=tmp_path)
    assert_sample(images, "train")
    assert server.asked == [] and names(tmp_path) == []


@pytest.mark.parametrize(
    "wrong", [{"split": "valid"}, {"download": True}, {"dtype": "float64"}]
)
def test_an_unknown_argument_is_refused(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} is .*expected '"):
        data.mnist(**wrong)


# The disk, and other processes


def test_a_full_disk_is_named_and_costs_nothing(server, tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    published = table(server.mirror("good"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for download in ("auto", "required"):
            with pytest.raises(OSError, match=r"No space left.*call again") as caught:
                load(published, download=download, folder=tmp_path)
            assert caught.value.errno == errno.ENOSPC
        assert str(tmp_path) in str(caught.value) and names(tmp_path) == []
    assert_ours(required(published, tmp_path))


SMALL_DISK = """
mount -t tmpfs -o size=128k tmpfs "$1" || exit 77
"$2" - "$1" "$3" <<'PY'
import os, sys
from pathlib import Path
from tests.test_downloads import IMAGES_FILE
from gan_utils.data.downloads import download
folder = Path(sys.argv[1])
(folder / "mine").write_bytes(b"keep")
try:
    download(IMAGES_FILE, folder, (sys.argv[2],))
except OSError as error:
    assert "No space left" in str(error), error
else:
    raise AssertionError("the disk was not full")
assert os.listdir(folder) == ["mine"] and (folder / "mine").read_bytes() == b"keep"
PY
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs Linux's unshare")
def test_a_small_disk_fills_up(server, tmp_path):
    assert len(IMAGES) > 3 * downloads.CHUNK
    shell = ["unshare", "-rm", "sh", "-c", SMALL_DISK, "sh"]
    arguments = [tmp_path, sys.executable, server.mirror("good")]
    done = run(shell + list(map(str, arguments)))
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr}")
    assert done.returncode == 0, done.stderr


def environment():
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "JAX_PLATFORMS": "cpu"}


def run(command):
    options = {"capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(command, env=environment(), cwd=ROOT, **options)


TWO = """
import sys
from pathlib import Path
from tests.test_downloads import assert_ours, required, table
assert_ours(required(table(sys.argv[1]), Path(sys.argv[2])))
"""


def test_two_processes_download_at_once(server, tmp_path):
    command = [sys.executable, "-c", TWO, server.mirror("good"), str(tmp_path)]
    options = {"env": environment(), "cwd": ROOT, "stderr": subprocess.PIPE}
    both = [subprocess.Popen(command, **options) for _ in range(2)]
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert names(tmp_path) == sorted(CONTENTS)


def test_many_threads_download_at_once(server, tmp_path):
    errors = []

    def work():
        try:
            assert_ours(required(table(server.mirror("good")), tmp_path))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == [] and names(tmp_path) == sorted(CONTENTS)


def test_what_a_killed_process_left_is_deleted_a_day_later(server, tmp_path):
    old, new = (tmp_path / f"{IMAGES_FILE.name}.{age}.part" for age in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    yesterday = time.time() - 2 * downloads.STALE
    os.utime(old, (yesterday, yesterday))
    downloads.download(IMAGES_FILE, tmp_path, (server.mirror("good"),))
    assert names(tmp_path) == sorted([IMAGES_FILE.name, new.name])


# Where the files are, and the genuine ones


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(storage.SWITCH, str(tmp_path))
    assert storage.data_folder() == tmp_path
    monkeypatch.setenv(storage.SWITCH, "~/images")
    assert storage.data_folder() == Path.home() / "images"
    monkeypatch.setenv(storage.SWITCH, "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert storage.data_folder() == tmp_path / "gan_utils" / "data"


def test_the_tables_are_in_order():
    for published in (MNIST, FASHION_MNIST, KMNIST):
        assert len(published.mirrors) >= 2
        assert all(m.endswith("/") and "://" in m for m in published.mirrors)
        for file in (*published.train, *published.test):
            assert len(file.sha256) == 64 and int(file.sha256, 16) and file.size > 4000
            assert file.counts[0] in (10_000, 60_000)
    assert [p.folder for p in (MNIST, FASHION_MNIST, KMNIST)] == [
        "mnist",
        "fashion_mnist",
        "kmnist",
    ]


@pytest.mark.parametrize(
    ("load_set", "published"),
    [
        (data.mnist, MNIST),
        (data.fashion_mnist, FASHION_MNIST),
        (data.kmnist, KMNIST),
    ],
)
@pytest.mark.parametrize("split", ["train", "test"])
def test_the_genuine_files(load_set, published, split, monkeypatch):
    place = GENUINE / published.folder
    if not all((place / file.name).exists() for file in getattr(published, split)):
        pytest.skip(f"the genuine files are not in {place}")
    monkeypatch.setenv(storage.SWITCH, str(GENUINE))
    images = load_set(split, download="never")
    count = {"train": 60_000, "test": 10_000}[split]
    assert images.x.shape == (count, 28, 28, 1) and images.x.dtype == np.float32
    assert images.x.min() == -1 and images.x.max() == 1
    assert set(np.unique(images.y)) == set(range(10)) and len(images.y) == count
    raw = load_set(split, download="never", dtype="uint8")
    np.testing.assert_allclose(raw.x[:99] / 127.5 - 1, images.x[:99], atol=1e-6)
    if (published, split) == (MNIST, "train"):
        assert images.y[0] == 5 and np.bincount(images.y).tolist() == CLASSES
        assert raw.x.mean() / 255 == pytest.approx(0.1307, abs=5e-5)


def test_the_genuine_digits_are_known_unpacked(tmp_path):
    place = GENUINE / MNIST.folder
    if not all((place / file.name).exists() for file in MNIST.test):
        pytest.skip(f"the genuine files are not in {place}")
    raw = {n.name: gzip.decompress((place / n.name).read_bytes()) for n in MNIST.test}
    put(tmp_path, {f"MNIST/raw/{name[:-3]}": content for name, content in raw.items()})
    images = load(MNIST, "test", "never", "uint8", folder=tmp_path)
    assert images.x.tobytes() == raw[MNIST.test.images.name][16:]
    with pytest.warns(UserWarning, match="NOT Fashion-MNIST"):
        load(FASHION_MNIST, "test", "never", folder=tmp_path / "MNIST" / "raw")


CLASSES = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
