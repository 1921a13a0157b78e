"""What every test may use: a database nobody has touched, and the installation on top of it."""

pytest_plugins = ["tests.databases", "tests.installation"]
