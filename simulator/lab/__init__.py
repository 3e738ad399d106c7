"""The Lab: a policy tried against today's over the same people and the same luck."""
