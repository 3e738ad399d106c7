"""Makes the table of romanised towns and firms: `python -m simulator.market.make_romanised` (needs pypinyin).

What Faker says in Chinese is then read in English too; the table is kept in `fixtures/people`.
"""

from __future__ import annotations

import csv

from simulator.files import fixture


def main() -> None:
    """Write every town and every firm's own name that Faker knows, with its romanisation."""
    from faker.providers.address.zh_CN import Provider as Places
    from faker.providers.company.zh_CN import Provider as Firms
    from pypinyin import lazy_pinyin

    words = sorted({*Places.cities, *Firms.company_prefixes})
    with fixture("people", "romanised.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("zh", "en"))
        rows.writerows((word, "".join(lazy_pinyin(word)).capitalize()) for word in words)


if __name__ == "__main__":
    main()
