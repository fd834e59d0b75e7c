"""Finished runs: what is remembered of them, and where."""
