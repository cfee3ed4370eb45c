"""The register, by concept."""

from .curation import ImportRow, ImportRun, MistakeReport, Verification
from .organizations import Organization, OrganizationContact, OrganizationMember
from .photos import Photo, PhotoRendition
from .resources import Resource, ResourceContact, ResourceFeature, ResourcePhoto, ResourceTag
from .timetables import Occurrence, Schedule, ScheduleException
from .venues import Venue, VenueFeature
from .vocabulary import Audience, Category, Feature

__all__ = [
    "Audience",
    "Category",
    "Feature",
    "ImportRow",
    "ImportRun",
    "MistakeReport",
    "Occurrence",
    "Organization",
    "OrganizationContact",
    "OrganizationMember",
    "Photo",
    "PhotoRendition",
    "Resource",
    "ResourceContact",
    "ResourceFeature",
    "ResourcePhoto",
    "ResourceTag",
    "Schedule",
    "ScheduleException",
    "Venue",
    "VenueFeature",
    "Verification",
]
