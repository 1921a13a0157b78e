"""`python -m bootstrap` is `optin`."""

from bootstrap.cli import main

main()
