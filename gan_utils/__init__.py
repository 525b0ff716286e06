"""Helpers for an interactive course on generative adversarial networks."""
