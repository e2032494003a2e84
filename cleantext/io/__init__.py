"""Reading documents and writing results, one module a format."""
