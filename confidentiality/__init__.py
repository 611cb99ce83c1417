"""What in a text could identify someone. Knows nothing of the domain."""
