"""Settings from files and options: found, read, merged, and told where each comes from."""
