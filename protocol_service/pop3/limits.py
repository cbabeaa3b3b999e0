"""What a client may make the server hold or wait for."""

from __future__ import annotations

KIB, MIB = 1024, 1024 * 1024

# RFC 5034 §4: a SASL response may have 12,288 octets; a command needs 255 (RFC 2449 §4).
LINE_BYTES = 12 * KIB
DISCARD_BYTES = 64 * KIB  # of a longer line are read before the connection ends
MAX_BAD_COMMANDS = 20  # in a row

SLICE_ROWS = 2000  # of a listing in one piece
WHOLE_BYTES = 256 * KIB  # a message of up to this size is read in one piece
AHEAD_MESSAGES, AHEAD_BYTES = 32, 256 * KIB  # are read before they are asked for
BLOCK_BYTES = 256 * KIB  # of a larger one
TOP_BLOCK_BYTES = 64 * KIB

LOCK_S = 30  # a maildrop whose process has died is free after that
