"""Whiteslip's simulator: the rulebook, the engine and the save, without a screen."""

__version__ = "0.1.0"
