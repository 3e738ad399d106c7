"""Beside: the market beside the life in play; made when it is first looked at, kept with the life, and let go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from simulator.calendar import START
from simulator.text import _

if TYPE_CHECKING:
    from simulator.policy.schema import Policy
    from tui.app import WhiteslipApp
    from tui.market_making import Recipe
    from tui.market_runner import MarketRunner


class Beside:
    """The market beside the life in play; `runner` is None until somebody looks at it."""

    def __init__(self, app: WhiteslipApp) -> None:
        """No market yet."""
        self.app = app
        self.runner: MarketRunner | None = None
        self.made_of: Recipe | None = None
        self._same: tuple[Policy, Policy, bool] | None = None

    def open(self) -> MarketRunner:
        """The market beside the life; made when it is first looked at, on a thread of its own."""
        if self.runner is None:
            from simulator.compiled import MARKET, is_compiled
            from tui.market_making import compile_apart, new_market, unkept
            from tui.market_runner import MarketRunner

            recipe = self.recipe()
            make = partial(new_market, recipe, self.app.right_of_way.give_way)
            self.runner = MarketRunner(make, self.app.asked_speed, partial(is_compiled, MARKET), compile_apart, unkept)
            self.made_of = recipe
            self._stand_beside_life()
            self.runner.start()
        return self.runner

    def recipe(self) -> Recipe:
        """Of what the market is: of the same seed, start and policy as the life in play."""
        from simulator.policy.load import load_policy
        from tui.market_making import SHOPPERS, Recipe

        shoppers, warm_up_days = self.app.asked_shoppers or self.app.settings.shoppers or SHOPPERS, self.app.asked_warm_up
        if self.app.life is None:
            seed = 1 if self.app.asked_seed is None else self.app.asked_seed
            return Recipe(load_policy(self.app.asked_policy), seed, START, shoppers, warm_up_days)
        past = self.app.life.past
        if past is not None:
            warm_up_days = past.town.warm_up_days
        start = self.app.life.calendar.date_of(0)
        return Recipe(self.app.life.policies()[0][1], self.app.life.seed, start, shoppers, warm_up_days)

    def use_shoppers(self, count: int) -> None:
        """A market of so many people, made anew, from now on and when one comes back."""
        self.app.keep("shoppers", count)
        self.keep()
        self.app.asked_shoppers = None
        self.let_go()
        self.open()

    def follow_life(self) -> None:
        """Let the market live on to the day of the life in play, in the background."""
        if self.runner is not None and self.app.life is not None:
            self.runner.follow(self.app.life.day, self.app.life.policies()[1:])

    def belong_to_life(self) -> None:
        """Keep the market that fits the life in play, as its save tells of it; let go of another one."""
        if self.runner is None or self.app.life is None:
            return
        if self.made_of != self.recipe():
            self.let_go()
            return
        self._stand_beside_life()

    def let_go(self) -> None:
        """End the market; it keeps nothing any more."""
        if self.runner is not None:
            self.runner.keeps_by(None)
            self.runner.leave()
            self.runner = None

    def _stand_beside_life(self) -> None:
        """Put the market where the life and its save have it: on its day or ahead, under its own policies."""
        from simulator.market.ahead import Ahead, Keeper, ahead_of, followed_of
        from simulator.policy.faults import PolicyError

        if self.runner is None or self.app.life is None:
            return
        life = self.app.life
        stood = Ahead(life.day)
        try:
            stood = (ahead_of(life.save) if life.save is not None else None) or stood
        except PolicyError as error:
            told = _("The market's own policy cannot be read any more, so it lives under your lender's: {fault}")
            self.app.tell(told.format(fault=error.faults[0]), "watch")
        self.runner.stand_beside(life.day, life.policies()[1:], stood.policies, stood.day)
        self.runner.keeps_by(None)
        if life.save is not None:
            followed = followed_of(life.save)
            self.runner.followed = self.runner.followed if followed is None else followed
            keeper = Keeper(life.save, stood, lambda: life.day)
            self.runner.keeps_by(keeper.keep, partial(self.app.call_later, self.app.failed))

    def follow(self, shopper: int) -> bool:
        """Let news of a shopper go first, or no more; whether they do. Kept with the life at once."""
        from simulator.market.ahead import keep_followed

        market = self.open()
        followed = market.followed ^ {shopper}
        if self.app.life is not None and self.app.life.save is not None:
            keep_followed(self.app.life.save, followed)
        market.followed = followed
        return shopper in followed

    def keep(self) -> None:
        """Keep in the life's save how its market stands now, and under which policies of its own."""
        if self.runner is not None:
            self.app.controller.guarded(self.runner.keep)()

    def end_keeping(self) -> None:
        """Before a life is closed: keep its market a last time, for its thread may run on."""
        self.keep()
        if self.runner is not None:
            self.runner.keeps_by(None)

    @property
    def is_kept(self) -> bool:
        """Whether there is a save that keeps what is done with the market."""
        return self.app.life is not None and self.app.life.save is not None and not self.app.life.read_only

    @property
    def policy(self) -> Policy | None:
        """The policy under which the market lives its next day, where that is another one than the life's."""
        if self.runner is None or self.runner.snapshot is None or self.made_of is None:
            return None
        held, own = self.runner.timeline, self.app.own_policy
        policy = held[-1][1] if held else self.made_of.policy
        if self._same is None or self._same[0] is not policy or self._same[1] is not own:
            self._same = policy, own, policy.flat() == own.flat()
        return None if self._same[2] else policy

    def next_day(self) -> int:
        """The day from which a trial holds: the market's next, the same whether or not anybody has looked at it yet."""
        seen, life = self.runner.snapshot if self.runner is not None else None, self.app.life
        return max(-1 if life is None else life.day, -1 if seen is None else seen.day) + 1
