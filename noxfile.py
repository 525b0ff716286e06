"""Every chore of the course by its name: `nox -s tests`, `nox -l` for the list."""

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["tests"]


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session):
    """Run every test and every notebook on the newest packages."""
    session.install("-e", ".[test]")
    session.run("pytest", "-m", "", *session.posargs)


@nox.session(python=["3.13", "3.12"])
def colab(session):
    """Run every test and every notebook on the packages that Colab has."""
    session.install("-e", ".[test]", "-c", "tests/colab.txt")
    session.run("pytest", "-m", "", *session.posargs)


@nox.session(python="3.11", venv_backend="uv")
def lowest(session):
    """Run the unit tests on the oldest packages that pyproject.toml admits."""
    session.install("-e", ".[test]", "--resolution", "lowest-direct")
    session.run("pytest", "-m", "", "tests", *session.posargs)


@nox.session
def notebooks(session):
    """Execute the notebooks again and write them back in canonical form."""
    session.install("-e", ".[lab,test]")
    session.run("gan-course", "run", "--in-place", *session.posargs)


@nox.session
def lint(session):
    """Check the style and the layout of the code, notebooks included."""
    session.install("ruff>=0.9")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session(venv_backend="none")
def javascript(session):
    """Bundle the widgets' JavaScript into the package; check its types and style."""
    with session.chdir("javascript"):
        for command in ("ci", "run build", "run check"):
            session.run("npm", *command.split(), external=True)


@nox.session
def book(session):
    """Make the site from the notebooks as they are stored; a warning is an error."""
    session.install("-e", ".[lab,book]")
    session.run("gan-course", "book", *session.posargs)


@nox.session
def pdf(session):
    """Print the whole course as one PDF, by a Chromium that this computer has."""
    session.install("-e", ".[lab,book]")
    out = ("--out", f"{session.create_tmp()}/book", "--pdf", "course.pdf")
    session.run("gan-course", "book", *(session.posargs or out))


@nox.session
def bench(session):
    """Run the comparisons with other implementations."""
    session.install("-e", ".[bench]")
    session.run("python", "-m", "benchmarks", *session.posargs)
