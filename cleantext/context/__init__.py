"""Judges lines by what stands around them: the context model.

`features` turns a document into arrays, `network` turns arrays into the chance that a line is page
furniture, `decide` chooses what to take out, and `evidence` says why. numpy is imported by these
modules only, and they are imported when the first document wants them.
"""
