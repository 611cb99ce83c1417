"""What in a text or a picture could identify someone. Knows nothing of the domain."""
