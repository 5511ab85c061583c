"""Tables of the archive: snapshots and their faults, advertisers and entities, coding, findings, our own ads, fetching.

The rows of a snapshot, millions of them, are not here but in Parquet files under the home: see `store`.
"""

from hustings.adwatch.models.advertisers import (
    Advertiser,
    Code,
    Entity,
    EntityMove,
    Register,
    RegisterFile,
    RegisterLink,
)
from hustings.adwatch.models.coding import Adjudication, Coding, CodingRound, RoundItem
from hustings.adwatch.models.fetching import ArchiveAccess, FetchRun, FetchState
from hustings.adwatch.models.findings import CampaignerFinding, FindingState, FindingStep, StepKind
from hustings.adwatch.models.own import OwnAd
from hustings.adwatch.models.snapshots import (
    ArchiveFault,
    FaultKind,
    Platform,
    Severity,
    Snapshot,
    SnapshotKind,
)

__all__ = [
    "Adjudication",
    "Advertiser",
    "ArchiveAccess",
    "ArchiveFault",
    "CampaignerFinding",
    "Code",
    "Coding",
    "CodingRound",
    "Entity",
    "EntityMove",
    "FaultKind",
    "FetchRun",
    "FetchState",
    "FindingState",
    "FindingStep",
    "OwnAd",
    "Platform",
    "Register",
    "RegisterFile",
    "RegisterLink",
    "RoundItem",
    "Severity",
    "Snapshot",
    "SnapshotKind",
    "StepKind",
]
