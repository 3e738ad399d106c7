"""The rulebook: every credit rule, once, as small pure functions over the account record.

Each rule takes `account` (simulator.account.Account), `policy` (simulator.policy.record.PolicyRecord)
and, where it needs to know the day or what is asked, `ask` (simulator.rules.ask.Ask). It knows no
clock, no dice, no files and no text. What happens is written into `log` by `simulator.rules.events`.
"""
