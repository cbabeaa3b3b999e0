"""Every setting there is, declared once, by subject; `setting_keys` puts them together."""
