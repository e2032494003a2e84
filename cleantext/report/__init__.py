"""Views of findings: JSON lines, a summary, an HTML page, a unified diff, the terminal."""
