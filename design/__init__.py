"""How everything looks: components, icons, gallery. Knows nothing of the domain."""
