"""`optin`, and `python -m bootstrap`: signals are heard before anything else is even loaded."""

import sys
from importlib import import_module

from bootstrap.stopping import Stopped, signals


def main() -> None:
    """Who serves or works and is told to stop has done their duty; any other command that is cut short has not."""
    try:
        signals.give_up()
        import_module("bootstrap.cli").main()
    except Stopped:
        if sys.argv[1:2] not in (["serve"], ["worker"]):
            raise


if __name__ == "__main__":
    main()
