"""What Dockerfiles say: their instructions, stages and arguments, each with its place; nothing is built or run."""
