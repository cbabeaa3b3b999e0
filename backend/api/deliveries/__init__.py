"""Where is my mail? For domain administrators and users."""
