"""Tests over the stories that come with the program."""
