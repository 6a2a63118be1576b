"""What can be said about authors, models, providers and offerings.

Frozen pydantic models, which are also the source of the JSON Schemas.
A fact that is not stated is absent. Unknown, `false`, `0` and "free" are four different things here and on every page.
"""

from generator.schema.entities import Author, AuthorKind, Facts, FreePage, Lineage, Model, Offering, Provider
from generator.schema.facts import (
    Architecture,
    Attachments,
    Capabilities,
    Generation,
    Levels,
    Limits,
    Modalities,
    Modality,
    Range,
    Reasoning,
    Response,
    Status,
    Tools,
    WebSearch,
)
from generator.schema.internal import Approval, Internal
from generator.schema.links import Benchmark, Link, LinkKind, Policies, RetentionKind, Weights
from generator.schema.metrics import History, Metrics
from generator.schema.price import Billing, Mode, Operations, Price, Rates, Tier, UnitPrice
from generator.schema.service import Credential, Endpoint, Header, Operation, Protocol, Sdk
from generator.schema.values import Record, check_id

__all__ = [
    "Approval",
    "Architecture",
    "Attachments",
    "Author",
    "AuthorKind",
    "Benchmark",
    "Billing",
    "Capabilities",
    "Credential",
    "Endpoint",
    "Facts",
    "FreePage",
    "Generation",
    "Header",
    "History",
    "Internal",
    "Levels",
    "Limits",
    "Lineage",
    "Link",
    "LinkKind",
    "Metrics",
    "Modalities",
    "Modality",
    "Mode",
    "Model",
    "Offering",
    "Operation",
    "Operations",
    "Policies",
    "Price",
    "Protocol",
    "Provider",
    "Range",
    "Rates",
    "Reasoning",
    "Record",
    "Response",
    "RetentionKind",
    "Sdk",
    "Status",
    "Tier",
    "Tools",
    "UnitPrice",
    "WebSearch",
    "Weights",
    "check_id",
]
