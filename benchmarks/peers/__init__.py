"""One module a framework, each with `make(spec, start, data) -> {variant: Side}`."""
