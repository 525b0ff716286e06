"""GANs as they are recommended, each with `make(x, seed) -> Side`."""
