"""The sections of a policy: what each groups, with unit, bounds, default, meaning and source."""
