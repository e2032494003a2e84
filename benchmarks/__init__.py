"""Speed of cleantext beside other cleaners. `python -m benchmarks speed`."""
