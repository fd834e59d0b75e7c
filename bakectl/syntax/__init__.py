"""Text to tree; knows nothing of values or of bake."""
