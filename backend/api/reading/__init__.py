"""Reading: where a message comes from, what is attached to it, what it asks of its reader."""
