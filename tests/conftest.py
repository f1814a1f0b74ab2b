"""How property tests run: anew every time by hand, the same every time in CI, and never against the clock."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("hand", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "hand")
