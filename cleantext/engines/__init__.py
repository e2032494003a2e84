"""Cleaning inside of other people's pipelines: one function over Arrow batches, and thin wrappers.

``batch`` is the function. ``ray_data``, ``spark``, ``hf_datasets`` hand it to Ray Data, Spark and
Hugging Face datasets; ``datatrove_step`` is a step of a datatrove pipeline. Each needs the extra of
its name.
"""
