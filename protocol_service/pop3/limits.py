"""What a client may make the server hold or wait for."""

from __future__ import annotations

KIB, MIB = 1024, 1024 * 1024

# RFC 5034 §4: a SASL response may have 12,288 octets; a command needs 255 (RFC 2449 §4).
LINE_BYTES = 12 * KIB
DISCARD_BYTES = 64 * KIB  # of a longer line are read before the connection ends
MAX_BAD_COMMANDS = 20  # in a row

BUFFERED_BYTES = 64 * KIB  # unread input while a command runs; more waits in the socket
WRITE_HIGH_BYTES = 512 * KIB
SLICE_ROWS = 2000  # of a listing in one piece
WHOLE_BYTES = 256 * KIB  # a message of up to this size is read in one piece
AHEAD_MESSAGES, AHEAD_BYTES = 32, 256 * KIB  # are read before they are asked for
BLOCK_BYTES = 256 * KIB  # of a larger one
TOP_BLOCK_BYTES = 64 * KIB

LOGIN_TIMEOUT_S = 60
LOGIN_WITHIN_S = 180  # from the greeting to the end of a sign-in
IDLE_TIMEOUT_S = 10 * 60  # RFC 1939 §3
STALLED_WRITE_S = 5 * 60
SWEEP_S = 5
# A client that has vanished without a word holds its maildrop until the kernel has found out.
KEEPALIVE_IDLE_S, KEEPALIVE_EVERY_S, KEEPALIVE_PROBES = 60, 15, 4
LOCK_S = 30  # a maildrop whose process has died is free after that
