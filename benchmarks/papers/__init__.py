"""The published tables beside ours: protocols, seeds, spread, and an honest label."""
