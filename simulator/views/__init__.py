"""Views: what each screen shows, read from a world. No screen reads the records or does sums itself.

What might happen is found by living it on a trial copy of the world, never by a second copy of a rule.
"""

from simulator.explain.paying import Outcome, outcomes
from simulator.views.account import AccountView, Blocker, Condition, account_view
from simulator.views.bills import (
    BillLine,
    BillView,
    PlanView,
    bill_view,
    bills,
    plan_views,
)
from simulator.views.checkout import CheckoutView, Way, checkout
from simulator.views.glance import Glance, glance
from simulator.views.home import Coming, HomeView, home
from simulator.views.inbox import Message, inbox
from simulator.views.limit import LimitChange, LimitView, WhatIf, limit_view, what_ifs
from simulator.views.money import MoneyView, money_view
from simulator.views.shop import OrderView, orders

__all__ = [
    "AccountView",
    "BillLine",
    "BillView",
    "Blocker",
    "CheckoutView",
    "Coming",
    "Condition",
    "Glance",
    "HomeView",
    "LimitChange",
    "LimitView",
    "Message",
    "MoneyView",
    "OrderView",
    "Outcome",
    "PlanView",
    "Way",
    "WhatIf",
    "account_view",
    "bill_view",
    "bills",
    "checkout",
    "glance",
    "home",
    "inbox",
    "limit_view",
    "money_view",
    "orders",
    "outcomes",
    "plan_views",
    "what_ifs",
]
