"""What tests build on: an open runtime, a whole server, clients."""
