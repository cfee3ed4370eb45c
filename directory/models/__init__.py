"""The register, by concept."""

from .audit import RegisterLogEntry
from .curation import MistakeReport, Verification
from .duplicates import DeletedEntry, DuplicateCandidate, Merge
from .freshness import FreshnessPolicy, VerificationAsk, VerificationCampaign
from .imports import ImportRow, ImportRun, ImportSource
from .organizations import Organization, OrganizationContact, OrganizationMember
from .personal import DailyCount, Favourite, FollowedKind, SavedSearch
from .photos import Photo, PhotoRendition
from .registrations import Claim, Consent, OrganizationInvitation, Registration
from .resources import Resource, ResourceContact, ResourceFeature, ResourcePhoto, ResourceTag
from .reviews import ReviewEscalation
from .timetables import Occurrence, Schedule, ScheduleException
from .venues import Venue, VenueFeature
from .visits import Visit
from .vocabulary import Audience, Category, Feature

__all__ = [
    "Audience",
    "Category",
    "Claim",
    "Consent",
    "DailyCount",
    "DeletedEntry",
    "DuplicateCandidate",
    "Favourite",
    "Feature",
    "FollowedKind",
    "FreshnessPolicy",
    "ImportRow",
    "ImportRun",
    "ImportSource",
    "Merge",
    "MistakeReport",
    "Occurrence",
    "Organization",
    "OrganizationContact",
    "OrganizationInvitation",
    "OrganizationMember",
    "Photo",
    "PhotoRendition",
    "RegisterLogEntry",
    "Registration",
    "Resource",
    "ResourceContact",
    "ResourceFeature",
    "ResourcePhoto",
    "ResourceTag",
    "ReviewEscalation",
    "SavedSearch",
    "Schedule",
    "ScheduleException",
    "Venue",
    "VenueFeature",
    "Verification",
    "VerificationAsk",
    "VerificationCampaign",
    "Visit",
]
