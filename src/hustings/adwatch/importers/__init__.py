"""Archives and registers as they come: Meta's reports, API pages and per-ad exports, Google's bundle, registers of bodies."""
