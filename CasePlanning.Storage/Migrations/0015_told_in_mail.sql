-- A mail of the first day overdue that says what stands with a notice says which: the key of the item, behind its case. What was stored before stays as it is.
ALTER TABLE messages ADD COLUMN told TEXT;
