"""The set-up cell against a host: a notebook alone in a folder fetches its course.

A bare repository stands for the host. `.ci/run` repeats these on Colab's versions.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from an_installation import environment, site_packages, surroundings, tracked
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4

import gan_utils

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="needs symbolic links"),
]
NEXT = "99.1rc1"
NOW = gan_utils.__version__
TELL = "import gan_utils; print(gan_utils.__version__, gan_utils.__path__[0])"


def git(folder, *words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True)


class Host:
    """A bare repository, and the clone of its owner."""

    def __init__(self, folder: Path):
        self.bare, self.own = folder / "host" / "course.git", folder / "own"
        self.bare.mkdir(parents=True)
        git(self.bare, "init", "--quiet", "--bare", "--initial-branch=main")
        tracked(self.own, notebooks="00_")
        git(self.own, "init", "--quiet", "--initial-branch=main")
        self.publish(NOW)

    def publish(self, version: str) -> None:
        """Give the course a version, write the address everywhere, and push."""
        path = self.own / "gan_utils" / "__init__.py"
        path.write_text(path.read_text().replace(f'"{NOW}"', f'"{version}"'))
        environment = {**os.environ, "PYTHONPATH": str(self.own)}
        subprocess.run(
            [sys.executable, "-m", "gan_utils", "set-repository", self.address],
            cwd=self.own,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        git(self.own, "add", "--all")
        git(self.own, "commit", "--quiet", "-m", version)
        git(self.own, "push", "--quiet", str(self.bare), "main")

    @property
    def address(self) -> str:
        return f"file://{self.bare.with_suffix('')}"

    def set_up(self) -> str:
        """Return the set-up cell of a notebook that was downloaded just now."""
        path = self.own / "notebooks" / "00_start_here.ipynb"
        cells = nbformat.read(path, as_version=4).cells
        return next(c.source for c in cells if c.cell_type == "code")


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    """The host as it is now, and as it is after the next version."""
    folder = tmp_path_factory.mktemp("host")
    host = Host(folder)
    before = host.set_up()
    shutil.copytree(host.bare, folder / "before.git")
    host.publish(NEXT)
    shutil.move(host.bare, folder / "after.git")
    return host, before, host.set_up()


@pytest.fixture
def serve(hosts):
    """Return a function that lets the host be up, with one version, or be down."""
    bare = hosts[0].bare

    def change(name: str | None) -> None:
        bare.unlink(missing_ok=True)
        if name:
            bare.symlink_to(bare.parents[1] / f"{name}.git")

    yield change
    change(None)


def in_kernel(python: Path, folder: Path, variables, *sources):
    """Run cells in a new kernel of an environment, in an empty folder."""
    folder.mkdir(exist_ok=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]

    class Theirs(AsyncKernelManager):
        kernel_spec = KernelSpec(argv=argv)

    notebook = v4.new_notebook(cells=[v4.new_code_cell(text) for text in sources])
    client = NotebookClient(notebook, kernel_manager_class=Theirs, timeout=300)
    client.execute(cwd=str(folder), env=variables)
    return [cell.outputs for cell in notebook.cells]


def in_python(command, folder, variables, source):
    """Run a cell in a new process; return what it says."""
    done = subprocess.run(
        [*command, "-c", f"{source}\n{TELL}"],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.split()


def test_a_notebook_alone_in_a_folder_fetches_its_course(hosts, serve, tmp_path):
    _, now, later = hosts
    python = environment(tmp_path / "colab")
    packages = site_packages(tmp_path / "colab")
    folder, variables = tmp_path / "empty", surroundings(tmp_path)
    serve("before")
    said, told = in_kernel(python, folder, variables, now, TELL)
    assert said == []
    assert told[0].text.split() == [NOW, str(packages / "gan_utils")]
    assert list(folder.iterdir()) == []

    serve(None)  # again: nothing is fetched
    assert in_python([python], folder, variables, now)[0] == NOW

    serve("after")  # the course goes on
    assert in_python([python], folder, variables, later)[0] == NEXT
    assert len(list(packages.glob("gan_course-*.dist-info"))) == 1

    serve(None)  # an older notebook is content with the newer course
    assert in_python([python], folder, variables, now)[0] == NEXT


def test_where_nothing_may_be_written_but_home(hosts, serve, tmp_path):
    _, now, later = hosts
    python = environment(tmp_path / "shared")
    folder = tmp_path / "empty"
    folder.mkdir()
    for locked in (folder, site_packages(tmp_path / "shared")):
        locked.chmod(0o555)
    command = [*ordinary(folder), str(python)]
    (tmp_path / "home").mkdir()
    variables = surroundings(tmp_path / "home")
    serve("before")
    version, place = in_python(command, folder, variables, now)
    assert version == NOW and Path(place).is_relative_to(tmp_path / "home")

    serve(None)
    assert in_python(command, folder, variables, now) == [version, place]

    serve("after")
    assert in_python(command, folder, variables, later) == [NEXT, place]
    assert len(list(Path(place).parent.glob("gan_course-*.dist-info"))) == 1


def ordinary(locked: Path) -> list[str]:
    """Return the words before a command for which a locked folder is locked."""
    if not os.access(locked, os.W_OK):
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and setpriv is not installed")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]


def test_opened_without_an_address_it_stops_with_two_lines(hosts, tmp_path):
    host, now, _ = hosts
    python = environment(tmp_path / "alone")
    source = now.replace(host.address, "")
    with pytest.raises(CellExecutionError) as raised:
        in_kernel(python, tmp_path / "empty", surroundings(tmp_path), source)
    *_, reader, owner = raised.value.evalue.splitlines()
    assert reader.startswith("gan_utils is missing") and owner.startswith("Owner: ")
