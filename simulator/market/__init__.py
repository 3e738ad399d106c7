"""The market: a population of shoppers under one policy, and ways to look through it."""
