"""The whole site under load, and while its parts die: `make load`."""
