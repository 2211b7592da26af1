"""`python -m roadworthy` does what the command `roadworthy` does."""

from roadworthy.cli.main import main

main()
