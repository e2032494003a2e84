"""Rules that users write in TOML: literals and RE2 patterns, with conditions and examples."""
