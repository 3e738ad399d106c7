"""Behaviour: what a synthetic shopper does, from traits, the calendar and the streams.

Behaviour reads both records and asks for things by the rules that the player's steps call; it writes
the account through rules alone. A draw is made by its key: (seed, shopper, month), a purpose, and an
ordinal (a day of the month or an occasion). No default is drawn: who cannot pay or forgets, does not pay.
"""
