"""What people fill in about themselves, and allauth's forms in our words."""
