-- What is to be tried at once, as nearly all mail is, is read in the order in which it was stored. What was put off stands in a tree of its own, by when it
-- is tried again; a message is in one of the two.
DROP INDEX messages_waiting;
CREATE INDEX messages_waiting ON messages (stored_at, id) WHERE state = 'waiting' AND next_attempt = stored_at;
CREATE INDEX messages_put_off ON messages (next_attempt, stored_at, id) WHERE state = 'waiting' AND next_attempt <> stored_at;
