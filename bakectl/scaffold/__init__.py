"""New projects: what lies in a folder, and the bake file, Dockerfiles and `.dockerignore` for it."""
