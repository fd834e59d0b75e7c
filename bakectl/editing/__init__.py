"""Changes to bake files: each is made as edits of the text, and proved by resolving before and after."""
