// Reads calendar files with ical.js: a JSON array of texts in, one of readings out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));

function reading(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const component = calendar.getFirstSubcomponent("vevent");
  const event = new ICAL.Event(component);
  return {
    Start: event.startDate.toJSDate().toISOString(),
    End: event.endDate.toJSDate().toISOString(),
    Summary: event.summary,
    Description: event.description,
    Location: event.location,
    Status: component.getFirstPropertyValue("status"),
    UID: event.uid,
    Method: calendar.getFirstPropertyValue("method"),
    Sequence: event.sequence,
    Errors: [],
  };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(reading)));
