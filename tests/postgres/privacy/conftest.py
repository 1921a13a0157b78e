from tests.postgres.sending.conftest import business, clock, ring, start

__all__ = ["business", "clock", "ring", "start"]
