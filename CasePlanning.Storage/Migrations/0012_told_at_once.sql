-- What people were told at once, in a mail of the case's own, never waits and never changes: it stands with its notice, as a list. What was stored before stays where it is.
ALTER TABLE notices ADD COLUMN told_schema INTEGER;
ALTER TABLE notices ADD COLUMN told TEXT;
