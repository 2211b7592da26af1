"""What the field has: models that others use, fitted here on the same rows as ours.

Only this folder may fit anything in bench/. None of it is part of the product, and where a peer
needs packages that the product's environment lacks, it runs apart (see ``apart``).
"""
