"""Surgery on syntax: a tree goes in, edits come out; knows nothing of values or of bake."""
