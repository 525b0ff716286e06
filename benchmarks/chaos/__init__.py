"""Kill, starve and damage the course at random, and count what is lost.

`python -m benchmarks.chaos` does all of it, `--kills 10` less. A trial survives when
whatever was there before is there after it, or something newer, and the same command
then ends with the bits of an undisturbed one. It is lost when it does not; unclear when
nothing is lost, but a trace, a crash or a missing sentence told nobody what to do.
"""
