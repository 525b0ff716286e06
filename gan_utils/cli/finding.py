"""What the doctor has to say of one thing."""

from typing import NamedTuple

from gan_utils.cli.places import install

INSTALL = install()


class Finding(NamedTuple):
    """One line of the report."""

    topic: str
    value: str
    wrong: str = ""  # empty when all is well, else what is wrong and how to mend it
    serious: bool = True  # a wrong that is not serious leaves the exit code at 0
