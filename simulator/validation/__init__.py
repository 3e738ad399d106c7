"""Validation: the standard population held against published facts (`fixtures/targets.toml`)."""
