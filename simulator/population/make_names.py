"""Makes the name tables from Faker: `python -m simulator.population.make_names` (needs Faker, pypinyin).

A name is two indices, the same person in both languages; the tables are kept in `fixtures/names`.
"""

from __future__ import annotations

import csv

from simulator.files import fixture


def main() -> None:
    """Write surnames with their weights, and given names, each with its romanisation."""
    from faker.providers.person.zh_CN import Provider
    from pypinyin import lazy_pinyin

    def romanised(name: str) -> str:
        return "".join(lazy_pinyin(name)).capitalize()

    surnames = sorted(Provider.last_names.items(), key=lambda item: (-item[1], item[0]))[:100]
    given = sorted({*Provider.first_names_male, *Provider.first_names_female})
    folder = fixture("names")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "surnames.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("zh", "en", "weight"))
        rows.writerows((name, romanised(name), max(1, round(weight * 100))) for name, weight in surnames)
    with (folder / "given.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("zh", "en"))
        rows.writerows((name, romanised(name)) for name in given)


if __name__ == "__main__":
    main()
