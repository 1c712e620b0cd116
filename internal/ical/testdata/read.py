"""Reads calendar files with Python's icalendar: a JSON array of texts in, one of readings out."""

import json
import sys
from datetime import timezone

import icalendar


def reading(text):
    calendar = icalendar.Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    errors = [str(error) for component in calendar.walk() for error in component.errors]

    def moment(name):
        return event[name].dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    return {
        "Start": moment("DTSTART"),
        "End": moment("DTEND"),
        "Summary": str(event["SUMMARY"]),
        "Description": str(event["DESCRIPTION"]),
        "Location": str(event["LOCATION"]),
        "Status": str(event["STATUS"]),
        "UID": str(event["UID"]),
        "Method": str(calendar["METHOD"]),
        "Sequence": int(event["SEQUENCE"]),
        "Errors": errors,
    }


json.dump([reading(text) for text in json.load(sys.stdin)], sys.stdout)
