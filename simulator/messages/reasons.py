"""Reasons in plain words: what the figures say, and what would change it.

Each code has one entry: a short title, a sentence with the figures of the reason, and a next step
that a person can take, or that the figure stays; what depends on the life is said by `explain.advice`.
That of a characteristic goes on after its title. `{actual}`, `{threshold}`, `{value}` and `{missing}` (threshold - actual) are
written by the reason's unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.codes import GRADES
from simulator.money import money
from simulator.text import _, bounded_texts, one_day, rate_text, share_text

SHARES = {"ppm": share_text, "rate": rate_text}


class Words(NamedTuple):
    """What is said of one reason code."""

    title: str
    text: str
    remedy: str = ""


def amount_text(value: int, unit: str) -> str:
    """A figure by its unit."""
    if unit == "fen":
        return money(value)
    if unit in SHARES:
        return SHARES[unit](value)
    if unit == "grade":
        return GRADES[value] if 0 <= value < len(GRADES) else "-"
    return f"{value:,}"


def _both_stay() -> str:
    return _("Income and instalments elsewhere stay as your form told them.")


def _application() -> dict[str, Words]:
    return {
        "identity_not_verified": Words(_("identity not checked"), _("Your identity has not been checked, or the document has expired."), _("Show your identity, then ask again.")),
        "too_young": Words(_("too young"), _("You are {actual}; the least age is {threshold}."), _("Your age stays as your form told it.")),
        "too_old": Words(_("too old"), _("You are {actual}; the highest age is {threshold}."), _("Nothing you do changes this rule.")),
        "student": Words(_("student"), _("Students are not lent to."), _("That you are a student stays as your form told it.")),
        "too_few_orders": Words(_("too few orders"), _("{actual} orders on your record; {threshold} needed."), _("Buy {missing} more with cash, then ask.")),
        "too_little_spend": Words(_("too little spent"), _("{actual} spent on your record; {threshold} needed."), _("Buy for {missing} more with cash, then ask.")),
        "line_already_open": Words(_("has a line"), _("You have a line already, or an answer that waits."), _("Use the line you have.")),
        "cooling_off": Words(_("asked too soon"), _("{actual} days since the last no; {threshold} needed."), _("Ask again in {missing} days.")),
        "bureau_record": Words(_("late elsewhere"), _("Others report you {actual} days late; {threshold} allowed.")),
        "product_closed": Words(_("product closed"), _("The product takes no applications."), _("Nothing you do changes this.")),
        "debt_service_too_high": Words(_("debts too high"), _("Income and debts elsewhere leave room for a line of {actual}; the least line is {threshold}."), _both_stay()),
        "score_too_low": Words(_("score too low"), _("Score {actual}; {threshold} needed."), _("The points you lost most are listed, each with what moves it.")),
    }  # fmt: skip


def _characteristics() -> dict[str, Words]:
    lost, stays = _("{actual} of {threshold} points"), _("counted for good as your form told it.")
    return {
        "store_orders": Words(_("few orders here"), lost, _("buy here more often; cash counts too.")),
        "store_spend_fen": Words(_("little spent here"), lost, _("spending with cash counts too.")),
        "store_months": Words(_("new to the store"), lost, _("grows by itself from your first order on, month by month.")),
        "return_share_ppm": Words(_("many returns"), lost, _("counted for good as the store knew it before you began here.")),
        "income_fen": Words(_("income"), lost, _("counted for good as your form told it; a pay rise does not move it.")),
        "debt_service_ppm": Words(_("debts against income"), lost, stays),
        "fund_fen": Words(_("little put by"), lost, _("put money into the fund; it is seen at month-end.")),
        "elsewhere_dpd": Words(_("late elsewhere"), lost),
        "enquiries": Words(_("asked many lenders"), lost, stays),
        "loans_elsewhere": Words(_("loans elsewhere"), lost, stays),
        "bureau_months": Words(_("short credit record"), lost, _("grows by itself from your first credit on, month by month.")),
        "job_months": Words(_("new job"), lost, stays),
        "address_months": Words(_("new address"), lost, stays),
        "age": Words(_("age"), lost, stays),
        "profile_items": Words(_("profile not complete"), lost, stays),
        "trusted_contacts": Words(_("few trusted contacts"), lost, stays),
        "own_worst_dpd": Words(_("late with us before"), lost, _("the longest delay on any of your lines counts for good.")),
        "utilisation_ppm": Words(_("share of limit used"), lost),
        "pay_ratio_ppm": Words(_("share of bills paid"), lost),
        "months_since_late": Words(_("months since late"), lost),
        "on_time_streak": Words(_("bills on time in a row"), lost),
        "active_months": Words(_("months with a purchase"), lost),
        "tenure_months": Words(_("months with the line"), lost),
    }  # fmt: skip


def _reopening() -> dict[str, Words]:
    return {
        "not_closed": Words(_("not closed"), _("There is no closed line to bring back."), _("Ask for a new line instead.")),
        "closed_too_recently": Words(_("wait"), _("{actual} of {threshold} days since closing."), _("Ask again in {missing} days.")),
        "debt_paid_too_recently": Words(_("wait"), _("{actual} of {threshold} days since the debt was paid."), _("Ask again in {missing} days.")),
        "still_owed": Words(_("debt"), _("{actual} is still owed."), _("Pay it first.")),
        "elsewhere_record": Words(_("late elsewhere"), _("Others report you {actual} days late; {threshold} allowed.")),
        "identity_stale": Words(_("identity"), _("Your identity was checked {actual} days ago; {threshold} allowed."), _("Show your identity again.")),
        "fraud_confirmed": Words(_("fraud"), _("Fraud was confirmed on the old line."), _("This line stays closed.")),
        "grave_breach": Words(_("breach"), _("The terms were gravely broken on the old line."), _("This line stays closed.")),
    }  # fmt: skip


def _purchase() -> dict[str, Words]:
    return {
        "no_line": Words(_("no line"), _("You have no credit line."), _("Pay with cash, or ask for a line.")),
        "soft_blocked": Words(_("blocked"), _("Blocked while {actual} days late."), _("Pay what is late; it opens the next day.")),
        "suspended": Words(_("suspended"), _("Your line is suspended."), _("Look at your account for what lifts it.")),
        "closure_review": Words(_("closing"), _("You asked to close; no purchases meanwhile."), _("Take the request back to buy again.")),
        "run_off": Words(_("ended"), _("The product has ended; only paying back goes on."), _("Pay with cash.")),
        "closed": Words(_("closed"), _("Your line is closed."), _("Pay with cash, or ask for the line back.")),
        "charged_off": Words(_("written off"), _("The debt was written off; nothing can be bought on the line."), _("Pay with cash.")),
        "locked": Words(_("locked"), _("You have locked the line yourself."), _("Unlock it to buy.")),
        "wrong_channel": Words(_("way to pay"), _("Flash pay is for shops on the street, online payment for the others."), _("Choose the other way to pay.")),
        "over_limit": Words(_("over limit"), _("{over} over what you can use."), _("Pay cash or buy less.")),
        "over_cap": Words(_("own cap"), _("{actual} this month would pass your own cap of {threshold}."), _("Wait for next month, or change your cap.")),
        "under_min_plan": Words(_("too small"), _("{actual} is too small for terms; {threshold} is the least."), _("Pay by the due day instead.")),
        "plan_slots_full": Words(_("plans full"), _("You have {actual} plans, the most."), _("Settle one first.")),
        "over_rate_cap": Words(_("rate cap"), _("It would cost {actual} a year; the law allows {threshold}."), _("Choose other terms.")),
        "monitor_hold": Words(_("to be checked"), _("Alert score {actual}; from {threshold} a purchase waits."), _("Show that it is you.")),
        "monitor_suspend": Words(_("alert"), _("Alert score {actual}; from {threshold} the line is suspended."), _("Show your identity and appeal.")),
        "not_verified": Words(_("not checked"), _("{actual} days without showing that it was you; {threshold} allowed."), _("Buy again and show your identity.")),
    }  # fmt: skip


def _monitor() -> dict[str, Words]:
    points = _("{actual} points")
    return {
        "orders_today": Words(_("many orders today"), points),
        "amount_today_ppm": Words(_("far more than usual today"), points),
        "resale_share_ppm": Words(_("goods that are easily resold"), points),
        "emptied_ppm": Words(_("new limit emptied at once"), points),
        "night": Words(_("at night"), points),
        "same_merchant": Words(_("again at the same shop"), points),
        "round_amount": Words(_("round amounts"), points),
        "refund_loops": Words(_("bought and sent back again and again"), points),
        "unknown_device": Words(_("unknown device"), points),
    }  # fmt: skip


def _limits() -> dict[str, Words]:
    return {
        "not_active": Words(_("not open"), _("The line is not open for buying."), _("Bring it in order first.")),
        "past_due": Words(_("late"), _("{actual} days late."), _("Pay what is late.")),
        "streak_too_short": Words(_("bills on time"), _("{actual} bills on time in a row; {threshold} needed."), _("Pay {missing} more bills on time.")),
        "utilisation_too_low": Words(_("little used"), _("{actual} of the limit used; from {threshold} on more is of use."), _("A higher limit is for those who use theirs.")),
        "utilisation_too_high": Words(_("nearly all used"), _("{actual} of the limit used; {threshold} at most."), _("Pay down first.")),
        "grade_too_low": Words(_("grade"), _("Grade {actual}; {threshold} or better needed."), _("On-time bills raise the score, and so the grade.")),
        "no_growth_for_grade": Words(_("grade"), _("Your grade has no increase.")),
        "debt_service_full": Words(_("debts"), _("Income and debts elsewhere leave room for a line of {actual}; {threshold} needed."), _both_stay()),
        "debts_too_heavy": Words(_("debts"), _("Debts take {actual} of your income a month; {threshold} at most.")),
        "at_maximum": Words(_("at the most"), _("Your limit of {actual} is the most; {threshold} is the bound.")),
        "asked_too_recently": Words(_("wait"), _("{actual} days since you asked; {threshold} needed."), _("Ask again in {missing} days.")),
        "bills_on_time": Words(_("bills on time"), _("{actual} bills on time; {threshold} needed.")),
        "use_in_band": Words(_("use of the limit"), _("{actual} of the limit used; from {threshold} on it counts.")),
        "grade_reached": Words(_("grade"), _("Grade {actual}; {threshold} or better needed.")),
        "debt_service_fits": Words(_("debts"), _("Income and debts elsewhere leave room for a line of {threshold}.")),
        "late": Words(_("late"), _("{actual} days late; {threshold} allowed."), _("Pay what is late, then bills on time.")),
        "score_fell": Words(_("score"), _("Score fell by {actual} since the last change or review of the limit; {threshold} allowed."), _("Bills on time bring the score back.")),
        "high_use": Words(_("high use"), _("{actual} months with nearly all used and only the minimum paid; under {threshold} is fine."), _("Pay more than the minimum.")),
        "dormant": Words(_("not used"), _("{actual} months without use; {threshold} allowed."), _("Use the line now and then.")),
        "season_opens": Words(_("festival"), _("Festival season: a share of {threshold} of your limit more, for a while."), _("It goes by itself; what it carries is asked then.")),
        "season_over": Words(_("season over"), _("The festival season had ended {actual} days before."), _("The next season brings another.")),
        "line_closed": Words(_("closed"), _("The line has ended, and its limit with it.")),
    }  # fmt: skip


def _standing() -> dict[str, Words]:
    return {
        "nothing_to_lift": Words(_("nothing to lift"), _("The line is not suspended for being late."), _("Look at what it is suspended for.")),
        "still_past_due": Words(_("late"), _("{actual} days late; nothing may be."), _("Pay what is late, then ask.")),
        "only_by_reopening": Words(_("too late"), _("It was {actual} days late; up to {threshold} can be lifted."), _("The line can only be asked for anew.")),
        "cured_quickly": Words(_("paid quickly"), _("Paid after {actual} days at most; up to {threshold} it opens by itself.")),
        "request_granted": Words(_("wait over"), _("{actual} days since you asked, {threshold} needed, and nothing late.")),
        "appeal_upheld": Words(_("explained"), _("What is left of the alert is {actual}, under {threshold}.")),
        "breach_cured": Words(_("put right"), _("What was wrong is put right.")),
        "explained": Words(_("explained"), _("What is left of the alert is {actual}, under {threshold}.")),
        "still_suspicious": Words(_("not explained"), _("What is left of the alert is {actual}; under {threshold} needed."), _("This line stays closed.")),
        "identity_not_fresh": Words(_("identity"), _("Identity was shown {actual} days ago; {threshold} allowed."), _("Show your identity before you appeal.")),
    }  # fmt: skip


def _closure() -> dict[str, Words]:
    return {
        "billed_balance": Words(_("Billed balance"), _("{actual} on your bills."), _("Pay it.")),
        "unpaid_fees": Words(_("Fees so far"), _("{actual} of fees, charged when you ask to close."), _("Pay ahead; it is on no bill yet.")),
        "unbilled_balance": Words(_("Not billed yet"), _("{actual} bought since the last bill."), _("Pay ahead.")),
        "open_plan": Words(_("Instalment plans"), _("{actual} of plan terms still to come."), _("Settle the plans.")),
        "purchase_on_hold": Words(_("Purchase on hold"), _("{actual} waits to be checked."), _("Show your identity, or let it lapse.")),
        "refund_on_its_way": Words(_("Refund on its way"), _("{actual} is on its way to your cash."), _("Wait until it has arrived.")),
        "open_return": Words(_("Open return"), _("A return is open."), _("End the return, or wait for the refund.")),
        "suspension": Words(_("Not in order"), _("The line is blocked or suspended."), _("Bring it in order first.")),
    }  # fmt: skip


def _hardship() -> dict[str, Words]:
    return {
        "line_not_open": Words(_("no line"), _("There is no open line."), _("Pay what is owed as you can.")),
        "nothing_owed": Words(_("nothing owed"), _("Nothing is owed."), _("There is nothing to pay.")),
        "too_late": Words(_("too late"), _("{actual} days late; up to {threshold} a plan can be agreed."), _("Pay what you can.")),
        "no_hardship_shown": Words(_("no hardship shown"), _("Debts take {actual} of income; over {threshold}, or a recorded blow, would be needed."), _("A lost job, illness or disaster counts for three months.")),
        "too_many_terms": Words(_("terms"), _("{actual} terms asked; {threshold} at most."), _("Ask for fewer terms.")),
        "hardship_running": Words(_("plan runs"), _("A hardship plan is running."), _("Keep to it; one miss ends it.")),
        "recorded_shock": Words(_("a blow in life"), _("A blow in your life {actual} days ago; within {threshold} it counts.")),
        "service_too_heavy": Words(_("debts too heavy"), _("Debts take {actual} of income; over {threshold} is too much.")),
        "paid": Words(_("paid"), _("The plan is paid.")),
        "term_missed": Words(_("missed"), _("A term was missed; {actual} is due now."), _("Pay what is late.")),
    }  # fmt: skip


def _steps() -> dict[str, Words]:
    return {
        "not_enough_cash": Words(_("cash"), _("{actual} is more than your cash of {threshold}."), _("Wait for pay day, or take money from the fund.")),
        "not_enough_fund": Words(_("fund"), _("{actual} is more than the {threshold} in the fund."), _("Take out less.")),
        "more_than_accepted": Words(_("too much"), _("{actual} is more than the {threshold} that can be taken."), _("Pay {threshold} at most.")),
        "no_such_order": Words(_("order"), _("There is no such order, or it is long past.")),
        "no_such_plan": Words(_("plan"), _("This order has no plan with terms still to come.")),
        "too_old": Words(_("too late"), _("Bought {actual} days ago; returns are open for {threshold}.")),
        "return_already_open": Words(_("return"), _("A return of this order is open already.")),
        "no_open_return": Words(_("return"), _("No return of this order is open.")),
        "refund_too_large": Words(_("too much"), _("{actual} is more than the {threshold} left of this order.")),
        "no_statement": Words(_("no bill"), _("No bill holds anything that could be put on terms."), _("Wait for the next bill.")),
        "after_due_day": Words(_("too late"), _("The due day was {actual} days ago."), _("The next bill can be put on terms.")),
        "bill_already_converted": Words(_("done"), _("This bill is on terms already.")),
        "no_offer": Words(_("no offer"), _("There is no offer to accept."), _("Ask for a line.")),
        "already_locked": Words(_("locked"), _("The line is locked already.")),
        "not_locked": Words(_("not locked"), _("The line is not locked.")),
        "no_review": Words(_("no request"), _("No request to close is under review.")),
        "nothing_to_appeal": Words(_("nothing to appeal"), _("The line is not suspended for an alert.")),
        "appeal_waits": Words(_("waits"), _("Your appeal waits for its answer.")),
        "already_so": Words(_("asked"), _("You have asked to close already.")),
        "not_reached": Words(_("not reached"), _("It did not come within {threshold} days.")),
        "product_over": Words(_("ended"), _("The product has ended; the line closes with its last debt.")),
    }  # fmt: skip


def _all_words() -> dict[str, Words]:
    return {
        **_steps(), **_hardship(), **_closure(), **_standing(), **_limits(), **_monitor(), **_purchase(),
        **_reopening(), **_characteristics(), **_application(),
    }  # fmt: skip


def words_of(reason: Mapping[str, Any]) -> Words:
    """What is said of a reason. An order and a person may be too old: the unit tells them apart. Who owes parts of
    plans alone has nothing to pay before these are billed.
    """
    code = reason["code"]
    if code == "nothing_owed" and reason.get("actual"):
        told = _("Nothing can be paid now: {actual} is still to come, part by part, each with its bill.")
        return Words(_("not billed yet"), told, _("Wait for the next bill."))
    if code == "too_old" and reason.get("unit") == "days":
        return _steps()[code]
    return _all_words()[code]


def unit_of(reason: Mapping[str, Any]) -> str:
    """The unit of a reason's figures; a yearly rate is no share like others."""
    return "rate" if reason["code"] == "over_rate_cap" else str(reason.get("unit", "none"))


def bound_unit_of(reason: Mapping[str, Any]) -> str:
    """The unit of a reason's bound: that of its figure, but for a season, which gives a share of a limit."""
    return "ppm" if reason["code"] == "season_opens" else unit_of(reason)


def _filled(text: str, reason: Mapping[str, Any]) -> str:
    unit = unit_of(reason)
    actual, threshold = int(reason.get("actual", 0)), int(reason.get("threshold", 0))
    texts = amount_text(actual, unit), amount_text(threshold, bound_unit_of(reason))
    if unit in SHARES:
        texts = bounded_texts(actual, threshold, SHARES[unit])
    return text.format(
        actual=texts[0],
        threshold=texts[1],
        missing=amount_text(max(0, threshold - actual), unit),
        over=amount_text(max(0, actual - threshold), unit),
        value=reason.get("value", ""),
    )


def reason_text(reason: Mapping[str, Any]) -> str:
    """A reason as a sentence with its figures."""
    words = words_of(reason)
    if words.text == _("{actual} of {threshold} points") or words.text == _("{actual} points"):
        return _("{title}: {told}").format(title=words.title, told=_filled(words.text, reason))
    return one_day(_filled(words.text, reason))


def names_bound(reason: Mapping[str, Any]) -> bool:
    """Whether the sentence of a reason tells its figure against a bound; one without says a figure alone."""
    return any(name in words_of(reason).text for name in ("{threshold}", "{over}"))


def remedy_text(reason: Mapping[str, Any]) -> str:
    """What would change it; empty where nothing is to be done."""
    return one_day(_filled(words_of(reason).remedy, reason))


def reasons_of(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The reasons of an event as they are told: a hardship plan that runs comes first, and says alone why a suspension
    stays, for days late stand still meanwhile.
    """
    if event["event"] == "reinstatement_declined" and event.get("plan"):
        return [{"code": "hardship_running", "unit": "none", "actual": 0, "threshold": 0}]
    return sorted(event.get("reasons", ()), key=lambda reason: bool(reason["code"] != "hardship_running"))


def reason_title(code: str) -> str:
    """A short label of a reason."""
    return words_of({"code": code}).title


def characteristic_name(name: str) -> str:
    """A characteristic of a scorecard in plain words."""
    from simulator.policy.scorecards import scorecards

    for card in scorecards().values():
        for each in card.characteristics:
            if each.name == name:
                return str(each.title.spoken())
    return name


def met_text(code: str) -> str:
    """A condition that is met, in plain words."""
    return {
        "identity_not_verified": _("Your identity has been checked."),
        "too_few_orders": _("Enough orders on your record."),
        "too_little_spend": _("Enough spent on your record."),
        "cooling_off": _("You were not refused recently."),
        "bureau_record": _("No other lender reports you badly late."),
        "closed_too_recently": _("Closed long enough ago."),
        "debt_paid_too_recently": _("The debt was paid long enough ago."),
        "still_owed": _("Nothing is owed."),
        "elsewhere_record": _("No other lender reports you badly late."),
        "identity_stale": _("Your identity was checked recently."),
        "fraud_confirmed": _("No confirmed fraud."),
        "grave_breach": _("No grave breach of terms."),
    }.get(code, reason_title(code))
