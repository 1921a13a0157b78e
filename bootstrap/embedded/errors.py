class DatabaseUnavailable(Exception):
    """Says what is wrong with the embedded database and what whoever runs the product can do about it."""
