"""Tests of policies and scorecards."""
