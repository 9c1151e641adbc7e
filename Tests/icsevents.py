"""Reads an iCalendar file with PyPI's icalendar and prints its events, one JSON object a line, in the order of their UIDs.

usage: icsevents.py FILE      fails if a line is not as RFC 5545 wants it, or if icalendar finds a fault
"""
import json, sys

import icalendar

raw = open(sys.argv[1], "rb").read()
lines = raw.split(b"\r\n")
assert lines[-1] == b"" and b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines), "a line does not end in CR LF"
for line in lines:
    assert len(line) <= 75, f"a line of {len(line)} octets: {line}"
    line.decode("utf-8")

calendar = icalendar.Calendar.from_ical(raw)
assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and not calendar.errors, calendar.errors
events = sorted(calendar.walk("VEVENT"), key=lambda event: event["UID"])
assert len(events) == raw.count(b"BEGIN:VEVENT")
assert len({event["UID"] for event in events}) == len(events), "a UID is there twice"
for event in events:
    assert not event.errors, event.errors
    assert str(event["DTSTAMP"].dt.tzinfo) == "UTC" and event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
    assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
    print(json.dumps({
        "uid": event["UID"].split("@")[0], "domain": event["UID"].split("@")[1], "start": str(event["DTSTART"].dt),
        "days": (event["DTEND"].dt - event["DTSTART"].dt).days, "sequence": int(event["SEQUENCE"]), "status": event["STATUS"],
        "stamp": event["DTSTAMP"].dt.strftime("%Y-%m-%d %H:%M"), "summary": event["SUMMARY"], "description": event["DESCRIPTION"],
        "categories": event["CATEGORIES"].to_ical().decode()}, ensure_ascii=False, sort_keys=True))
