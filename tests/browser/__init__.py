"""The screens in a real Chromium, against the real server."""
