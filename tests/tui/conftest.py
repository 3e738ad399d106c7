"""What every test of the app begins with: no animation, the usual theme, one language asked for."""

import pytest


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moves by itself, and nothing of the person's own terminal gets in."""
    monkeypatch.setenv("WHITESLIP_CALM", "1")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("WHITESLIP_THEME", "WHITESLIP_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
