"""Labs: systems that run on this machine, broken on purpose. Environment, lifecycle, checks.

environment -> lifecycle -> checking -> verify; ``room.py`` is the door. What runs inside a lab's
environment lies in ``inside/`` and imports nothing of Roadworthy.
"""
