-- How many saves of the agency, its units and people there were, and the instant the last one has its cases looked at again.
-- A unit of work that was decided with fewer of them leaves no wake later than that instant.
ALTER TABLE agencies ADD COLUMN directory INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agencies ADD COLUMN hastened_to INTEGER;
