"""Fits the weights that the package ships as data; not part of the package."""
