"""What the stories show together: the boundary map, the spread of a practice, exports."""
