"""Readers of catalog layouts: one module each, every one from a path to the same `Records`."""
