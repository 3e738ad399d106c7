"""The command line: what it answers, what it refuses, what it loads."""
