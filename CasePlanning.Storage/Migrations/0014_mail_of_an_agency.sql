-- A message to be tried at once has one entry, among those that wait; it is listed by its agency once something has become of it. The agency stands in the
-- entries of what waits, so that one agency's are told from a morning's of another without reading them.
DROP INDEX messages_waiting;
CREATE INDEX messages_waiting ON messages (stored_at, agency) WHERE state = 'waiting' AND next_attempt = stored_at;
DROP INDEX messages_by_agency;
CREATE INDEX messages_by_agency ON messages (agency, stored_at) WHERE state <> 'waiting' OR next_attempt <> stored_at;
