-- Who has a calendar feed. token_hash is the SHA-256 of the token in its address; the token is kept nowhere.
CREATE TABLE calendar_feeds (
    person     TEXT    NOT NULL PRIMARY KEY,
    agency     TEXT    NOT NULL,
    token_hash TEXT    NOT NULL UNIQUE,
    since      INTEGER NOT NULL
) WITHOUT ROWID;
