-- The ids of mail about neighbouring cases stand in the order of the cases now, and begin otherwise than before; what was stored before stays listed by case.
UPDATE messages SET found_by_id = 0 WHERE found_by_id = 1;
