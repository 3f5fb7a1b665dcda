-- Of mail stored at one instant, the row's own number says which was stored first: an entry needs no Message-ID, and is added at the end of its tree.
DROP INDEX messages_waiting;
CREATE INDEX messages_waiting ON messages (stored_at) WHERE state = 'waiting' AND next_attempt = stored_at;

-- A wake's subject names its case.
DROP INDEX wakes_by_due;
CREATE INDEX wakes_by_due ON wakes (due, subject);
