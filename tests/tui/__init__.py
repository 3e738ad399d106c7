"""Tests of the app: what is on the screen, reached by keys."""
