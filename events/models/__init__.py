"""Events, sign-ups, the exchange between groups, and reports, by concept."""

from .dates import EventDate
from .events import Event, EventContact, EventPhoto, EventSchedule
from .gatherings import Card, ConnectionWish, Gathering
from .introductions import Introduction
from .opportunities import Opportunity, OpportunityAnswer
from .reports import Presentation, RemovalRequest, Report, ReportPhoto
from .signups import Attendance, CourseCheckIn, EventMessage, Seats, SignUp

__all__ = [
    "Attendance",
    "Card",
    "ConnectionWish",
    "CourseCheckIn",
    "Event",
    "EventContact",
    "EventDate",
    "EventMessage",
    "EventPhoto",
    "EventSchedule",
    "Gathering",
    "Introduction",
    "Opportunity",
    "OpportunityAnswer",
    "Presentation",
    "RemovalRequest",
    "Report",
    "ReportPhoto",
    "Seats",
    "SignUp",
]
