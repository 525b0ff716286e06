"""Helpers for an interactive course on generative adversarial networks."""

__version__ = "0.1.0"
