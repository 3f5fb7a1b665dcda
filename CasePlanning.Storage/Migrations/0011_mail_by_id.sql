-- The id of a mail about a case begins as those of all mail about it do, and finds it; what was stored before ids did, and the few others, stay listed by case.
ALTER TABLE messages ADD COLUMN found_by_id INTEGER NOT NULL DEFAULT 0;
DROP INDEX messages_by_case;
CREATE INDEX messages_by_case ON messages (case_id) WHERE case_id IS NOT NULL AND found_by_id = 0;
