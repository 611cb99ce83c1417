"""How long things take, measured: CPU of one run, as ratios. Servers of its own; nothing of the site is touched."""
