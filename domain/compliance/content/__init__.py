"""The inspector: what the rules want to know about the words of a message, read off them once, before it is judged."""

from domain.compliance.content.inspection import inspect

__all__ = ["inspect"]
