"""Whiteslip's screens. They show state and send intents; every rule is in the simulator."""
