"""The shared words: boundaries, places and the practice library."""
