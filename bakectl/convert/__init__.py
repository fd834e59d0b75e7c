"""Bake definitions from one format to another: JSON and Compose files to HCL, HCL to JSON, proved to mean the same."""
