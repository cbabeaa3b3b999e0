"""Delivery: workers take leased messages out of the spool and bring them to mailboxes or to other servers.

`worker` claims and keeps leases, `router` says where each recipient is, `local` files into mailboxes,
`remote` speaks to the next hop (`mx`, `pool`, `smtp_client`), `settle` writes down what came of it and
`notices` tells the sender.
"""
