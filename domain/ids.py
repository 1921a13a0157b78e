"""Identifiers: UUIDv7 (RFC 9562), so that ids sort, and partition, by time."""

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NewType
from uuid import UUID

ContactId = NewType("ContactId", UUID)
ContactPointId = NewType("ContactPointId", UUID)
ProgramId = NewType("ProgramId", UUID)
SenderId = NewType("SenderId", UUID)
TemplateId = NewType("TemplateId", UUID)
CampaignId = NewType("CampaignId", UUID)
MessageId = NewType("MessageId", UUID)
EntryId = NewType("EntryId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
ChallengeId = NewType("ChallengeId", UUID)
AuditId = NewType("AuditId", UUID)
ReplyId = NewType("ReplyId", UUID)
OperatorId = NewType("OperatorId", UUID)
RequestId = NewType("RequestId", UUID)
SessionId = NewType("SessionId", UUID)
PasskeyId = NewType("PasskeyId", UUID)
HoldId = NewType("HoldId", UUID)
RunId = NewType("RunId", UUID)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id(at: datetime) -> UUID:
    return _uuid7(at, int.from_bytes(os.urandom(10), "big"))


def floor_id(at: datetime) -> UUID:
    """The smallest id an entity made at that instant or later can have."""
    return _uuid7(at, 0)


@lru_cache(maxsize=64)
def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _uuid7(at: datetime, entropy: int) -> UUID:
    milliseconds = _milliseconds(at)
    high, low = (entropy >> 62) & 0xFFF, entropy & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
