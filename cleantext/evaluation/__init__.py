"""How well a configuration cleans texts of which it is known what they should become."""
