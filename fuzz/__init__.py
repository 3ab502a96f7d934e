"""Fuzzing with coverage: `make fuzz`, where atheris can be installed."""
