"""Mail programs that others have written, against `postroom serve`: `make interop`."""
