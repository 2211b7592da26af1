"""Simulated candidates whose minds are not the learner model: they study, and they sit forms.

A world holds what each of L candidates really knows of K rules; ``exam_room`` lets them answer
items by eliminating options, and ``courses`` lets them study for some weeks and tells the learner
model what it would have seen. No world imports the learner model.
"""
