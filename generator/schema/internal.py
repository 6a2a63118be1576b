"""What an organisation says about its own use of a provider, a model or an offering; most often in an overlay."""

from enum import StrEnum

from generator.schema.values import Line, Record

__all__ = ["Approval", "Internal"]


class Approval(StrEnum):
    """Whether something may be used."""

    APPROVED = "approved"
    PENDING = "pending"
    DENIED = "denied"


class Internal(Record):
    """Who answers for something inside an organisation, and what may be done with it there."""

    approval: Approval | None = None
    """approved, pending or denied."""
    data_class: Line | None = None
    """The most sensitive data that may be sent, in the organisation's own words: public, internal, confidential."""
    owner: Line | None = None
    """The team or the person who answers for its use."""
    contact: Line | None = None
    """Where to ask: a channel, an address, a queue."""
    notes: tuple[Line, ...] = ()
    """What else has to be known before it is used."""
