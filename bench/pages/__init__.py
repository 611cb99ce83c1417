"""Whole pages, asked of a real server: `make bench`."""
