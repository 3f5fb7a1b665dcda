// Takes a case through a year against a host on a simulated clock, and reads the calendar feed with ical.js after every step.
// BASE_URL is the host's address, ICAL the file of the parser.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const { default: ICAL } = await import(pathToFileURL(process.env.ICAL));
const base = process.env.BASE_URL;
const names = /lena|marsh|ivo|nora|castell|amir|dalton|theo|varga|mila|odette|robin/i;

async function ask(person, method, path, body, expected = [200, 201]) {
  const headers = { authorization: `Bearer sample-${person}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(expected.includes(answer.status), `${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

const worker = (method, path, body) => ask('worker', method, path, body);
const administrator = (method, path, body) => ask('administrator', method, path, body);
const today = async () => (await worker('GET', '/api/me')).today;
const feed = new URL((await worker('POST', '/api/me/calendar')).address).pathname;

/** The feed's events by UID, each checked; together they are what the agenda says is owed. */
async function read() {
  const answer = await fetch(base + feed);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/calendar; charset=utf-8$/);
  const text = await answer.text();
  assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75 && !line.includes('\n')), 'a line is longer than 75 octets');
  assert.doesNotMatch(text.replaceAll('\r\n ', ''), names);
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
  const events = new Map();
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component);
    assert.ok(event.startDate.isDate && event.duration.toSeconds() === 86400, `${event.uid} isn't one whole day`);
    assert.ok(!events.has(event.uid), `${event.uid} comes twice`);
    assert.match(component.getFirstPropertyValue('url'), /^http:\/\/[^/]+\/(plans|cases)\//);
    assert.ok(component.getFirstPropertyValue('dtstamp').toJSDate() > 0);
    events.set(event.uid, { on: event.startDate.toString(), summary: event.summary, description: event.description, sequence: event.sequence });
  }

  const desk = await worker('GET', '/api/me/agenda?until=2199-12-31');
  const owed = desk.groups.flatMap(group => group.entries)
    .flatMap(entry => entry.duties.map(duty => `${entry.due} Case ${entry.caseNumber}: ${duty.name} | ${duty.sentence}`));
  assert.deepEqual([...events.values()].map(each => `${each.on} ${each.summary} | ${each.description}`).sort(), owed.sort());
  const again = await fetch(base + feed, { headers: { 'if-none-match': answer.headers.get('etag') } });
  assert.equal(again.status, 304);
  return events;
}

const ofCase = events => [...events].filter(([, event]) => event.summary.startsWith('Case CAL-1: '));
const uidOf = (events, rule) => ofCase(events).find(([, event]) => event.summary.endsWith(rule))?.[0];

const start = await today();
await administrator('PUT', '/api/agencies/sample/rules', { inForceFrom: start, packs: ['minnesota', 'federal'], why: 'A year under two packs' });
const before = await read();
await worker('POST', '/api/cases', {
  number: 'CAL-1', openedOn: start,
  facts: [
    { fact: 'participant', source: 'robin', on: start, name: 'Robin, "R.;" \\ Ödegård', role: 'focus-child', birthDate: '2020-02-02' },
    { fact: 'placement', source: 'p1', on: start, child: 'robin', setting: 'foster-home' },
    { fact: 'assignment', source: 'a1', on: start, person: 'worker' },
  ],
});

let events = await read();
assert.ok(ofCase(events).length >= 5 && ofCase(before).length === 0);
let met = 0, moved = 0, created = 0;
for (let month = 0; month < 12; month++) {
  const day = await today();
  const visit = uidOf(events, 'Caseworker visit');
  assert.ok(visit, `${day}: no visit is due`);
  await worker('POST', '/api/cases/sample-cal-1/contacts', { source: `v${month}`, on: day, what: 'caseworker-visit', child: 'robin' });
  const seen = await read();
  assert.ok(!seen.has(visit), `${day}: a visit that was made is still in the calendar`);
  met++;

  if (month === 2 || month === 7) {
    const correctedTo = month === 2 ? '2027-01-02' : '2027-01-03';
    await worker('POST', '/api/cases/sample-cal-1/openings/opening/correction', { reason: 'A slip', fact: { source: 'opening', on: '2027-01-01' } });
    await worker('POST', '/api/cases/sample-cal-1/placements/p1/correction', { reason: 'A slip', fact: { source: 'p1', on: correctedTo, child: 'robin', setting: 'foster-home' } });
    const after = await read();
    const movedHere = ofCase(seen).filter(([uid, event]) => after.has(uid) && after.get(uid).on !== event.on);
    assert.ok(movedHere.length >= 1, `${day}: nothing moved`);
    assert.ok(movedHere.every(([uid, event]) => after.get(uid).sequence > event.sequence), `${day}: moved without a higher SEQUENCE`);
    moved += movedHere.length;
  }

  const known = await read();
  const next = new Date(`${day}T18:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1, 4);
  await administrator('POST', '/api/clock', { to: next.toISOString() });
  events = await read();
  created += [...events.keys()].filter(uid => !known.has(uid)).length;
  for (const [uid, event] of known) {
    assert.ok(!events.has(uid) || events.get(uid).on === event.on, `${uid} moved by itself`);
  }
}

assert.ok(met === 12 && moved >= 2 && created >= 12, `${met} met, ${moved} moved, ${created} new`);
await worker('DELETE', '/api/me/calendar');
assert.equal((await fetch(base + feed)).status, 404);
console.log(`A year of a calendar: ${met} met, ${moved} moved, ${created} new.`);
