"""Technical ground that knows no mail: configuration, database, events, blobs, errors, time, logs."""
