"""Writing: drafts, sending with undo, suggestions of recipients."""
