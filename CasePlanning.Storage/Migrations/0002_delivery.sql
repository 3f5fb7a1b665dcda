-- The address a message goes to can change until it is handed over; revision counts the changes of what became of it.
ALTER TABLE messages ADD COLUMN address TEXT;
ALTER TABLE messages ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- What is to be tried is taken in the order in which it was stored.
DROP INDEX messages_waiting;
CREATE INDEX messages_waiting ON messages (next_attempt, stored_at, id) WHERE state = 'waiting';
