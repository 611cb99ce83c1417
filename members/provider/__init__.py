"""Signing in with the organisation's own accounts: one OpenID Connect provider, named by the environment, or none."""
