"""Whiteslip's screens. They show what the simulator knows and send what the person asks."""
