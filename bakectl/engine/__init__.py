"""The real Docker: its command line, its builder, its daemon."""
