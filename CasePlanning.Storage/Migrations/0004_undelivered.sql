-- What a mail gateway says after the server took a message, and dead letters that nobody could be told of.
ALTER TABLE messages ADD COLUMN delivered_at INTEGER;
ALTER TABLE messages ADD COLUMN unheard INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_unheard ON messages (unheard) WHERE unheard = 1;

-- What a digest carried is found by the digest.
CREATE INDEX inbox_mailed ON inbox (mailed_in) WHERE mailed_in IS NOT NULL;
