"""Makes tokens with the candidate's tokens.py in a process of its own; started by the checks.

    python again.py FOLDER

It reads {"key": hexadecimal, "members": [...]} and writes the list of tokens in the last line.
"""

import json
import sys


def main():
    """Load tokens.py of the folder and tell its tokens."""
    sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    asked = json.load(sys.stdin)
    from tokens import token

    key = bytes.fromhex(asked["key"])
    print(json.dumps([str(token(one, key)) for one in asked["members"]]))


if __name__ == "__main__":
    main()
