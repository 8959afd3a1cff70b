-- +goose Up

-- An exam: answers are given, and can be changed, until all are handed in together.
ALTER TABLE item ADD COLUMN given TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN given_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN took INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0;

-- A time limit: the minutes as set (0: none), and when it ends (0: it does not).
-- Unanswered counts the items that were closed without an answer.
ALTER TABLE sitting ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN ends INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;

-- Items that were closed without an answer: rulings reach them, too.
CREATE INDEX item_empty ON item (learner, question) WHERE state = 'closed' AND seq = 0;

-- How much longer a learner's time limits are, in percent; -1: there are none.
ALTER TABLE learner ADD COLUMN more_time INTEGER NOT NULL DEFAULT 0;
