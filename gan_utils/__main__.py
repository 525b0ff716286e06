"""`python -m gan_utils` is the same as the command `gan-course`."""

import sys

from gan_utils.cli import main

if __name__ == "__main__":
    sys.exit(main())
