"""A run over a folder: what it reads, who cleans it, and how the results get out.

``plan`` decides what is read and written, ``work`` cleans one document, ``pool`` spreads documents
over processes and brings the outcomes back in order, ``folder`` puts these together, ``restore``
undoes a run.
"""
